package logtail.core.attack;

/** What is mixed into calm traffic. Each attack makes tuples of which no table can hold all. */
public enum Attack {
    NONE("calm traffic"),
    PATHS_ONE("random paths of one site, from one prefix"),
    PATHS_MANY("random paths of one site, from many prefixes"),
    HOSTS_ONE("random host names, from one prefix"),
    HOSTS_MANY("random host names, from many prefixes"),
    FLASH("one path of one site, from many prefixes"),
    SCAN("few requests of many prefixes for many paths of all sites"),
    MIX("random paths, random host names and one path, from one and from many prefixes"),
    LATE("random paths until the table is full, then one path too, from many prefixes"),
    CHAOS("random host names and random paths, from many prefixes"),
    TWICE("random paths and random host names, each of them twice"),
    LONG("random paths of 8 KiB of one site, from one prefix");

    private final String about;

    Attack(String about) {
        this.about = about;
    }

    /** What it does, in a few words. */
    public String about() {
        return about;
    }
}

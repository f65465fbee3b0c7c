package logtail.core.attack;

/**
 * How much traffic there is, and how varied.
 *
 * @param calmPerSecond calm requests per second
 * @param attackPerSecond requests of the attack per second
 * @param sites sites that calm traffic asks for
 * @param prefixes prefixes it comes from
 * @param pathsPerSite paths it asks each site for
 * @param visitors tuples that come again and again: six of ten calm requests
 * @param attackers prefixes that an attack from many comes from
 */
public record TrafficScale(
        int calmPerSecond,
        int attackPerSecond,
        int sites,
        int prefixes,
        int pathsPerSite,
        int visitors,
        int attackers) {
    /** A busy host under a heavy attack, for a table of 100 000 rows. */
    public static final TrafficScale FULL = new TrafficScale(5_000, 5_000, 200, 8_000, 2_000, 60_000, 50_000);

    /** The same for a table so many times smaller. */
    public TrafficScale dividedBy(int n) {
        return new TrafficScale(
                calmPerSecond / n,
                attackPerSecond / n,
                Math.max(20, sites / n),
                prefixes / n,
                Math.max(50, pathsPerSite / n),
                visitors / n,
                attackers / n);
    }
}

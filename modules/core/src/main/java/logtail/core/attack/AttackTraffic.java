package logtail.core.attack;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Requests of calm traffic and an attack, one after the other; equal seeds give equal requests. Values are numbers, so
 * that whoever counts the truth needs no text; each has a name, and each request is a log line. Not threadsafe.
 */
/*
 * Calm traffic: six of ten requests are of visitors who ask for the same again, some far more than others; the rest
 * are drawn anew. Sites, prefixes and paths are all drawn by Zipf's law.
 */
public final class AttackTraffic {
    /** The site that attacks on one site aim at. */
    public static final int ATTACKED_SITE = 3;

    private static final int RANDOM_SITES_FROM = 1_000_000;
    private static final int RANDOM_PATHS_FROM = 1_000_000;
    private static final int LONG_PATHS_FROM = 1 << 30;
    private static final int LOGIN_PATH = 900_000;
    private static final int SCANNED_PATHS_FROM = 910_000;
    private static final int SCANNED_PATHS = 5_000;
    private static final int SCANNERS = 20_000;
    private static final int NETWORKS_OF_CALM = 1_500;
    private static final int NETWORKS_OF_ATTACKERS = 5_000;
    private static final int LATE_SECOND = 20;
    private static final int PENDING = 1_000;
    private static final String FILLER = "x".repeat(8_000);

    private final Attack attack;
    private final TrafficScale scale;
    private final SplittableRandom random;
    private final double[] sites;
    private final double[] prefixes;
    private final double[] paths;
    private final double[] visitors;
    private final int[] visitorSites;
    private final int[] visitorPrefixes;
    private final int[] visitorPaths;
    private final int[] pendingSites = new int[PENDING];
    private final int[] pendingPaths = new int[PENDING];
    private final boolean[] pending = new boolean[PENDING];
    private int randomSites = RANDOM_SITES_FROM;
    private int randomPaths = RANDOM_PATHS_FROM;
    private int longPaths = LONG_PATHS_FROM;
    private int site;
    private int prefix;
    private int path;
    private int status;

    public AttackTraffic(Attack attack, TrafficScale scale, long seed) {
        this.attack = attack;
        this.scale = scale;
        this.random = new SplittableRandom(seed);
        this.sites = zipf(scale.sites(), 1.1);
        this.prefixes = zipf(scale.prefixes(), 0.9);
        this.paths = zipf(scale.pathsPerSite(), 1.0);
        this.visitors = zipf(scale.visitors(), 0.9);
        this.visitorSites = new int[scale.visitors()];
        this.visitorPrefixes = new int[scale.visitors()];
        this.visitorPaths = new int[scale.visitors()];
        for (int i = 0; i < scale.visitors(); i++) {
            drawNew();
            visitorSites[i] = site;
            visitorPrefixes[i] = prefix;
            visitorPaths[i] = path;
        }
    }

    /** Chances of ranks, added up. */
    private static double[] zipf(int ranks, double exponent) {
        double[] chances = new double[ranks];
        double sum = 0;
        for (int i = 0; i < ranks; i++) {
            sum += Math.pow(i + 1, -exponent);
            chances[i] = sum;
        }
        for (int i = 0; i < ranks; i++) {
            chances[i] /= sum;
        }
        return chances;
    }

    private int draw(double[] chances) {
        int at = Arrays.binarySearch(chances, random.nextDouble());
        return Math.min(chances.length - 1, at < 0 ? -at - 1 : at);
    }

    /** Requests per second, those of the attack among them. */
    public int perSecond() {
        return scale.calmPerSecond() + attackPerSecond();
    }

    private int attackPerSecond() {
        return switch (attack) {
            case NONE -> 0;
            case SCAN -> scale.attackPerSecond() / 10;
            default -> scale.attackPerSecond();
        };
    }

    /**
     * Goes to the next request.
     *
     * @param second of the minute, 0 to 59
     */
    public void next(int second) {
        if (random.nextInt(perSecond()) < scale.calmPerSecond()) {
            nextCalm();
        } else {
            next(attack, second);
        }
    }

    private void nextCalm() {
        if (random.nextInt(10) < 6) {
            int visitor = draw(visitors);
            set(visitorSites[visitor], visitorPrefixes[visitor], visitorPaths[visitor], visitor % 37 == 0 ? 404 : 200);
        } else {
            drawNew();
        }
    }

    private void drawNew() {
        int rank = draw(paths);
        int drawn = draw(sites);
        // Every site has its own paths but the first.
        set(
                drawn,
                draw(prefixes),
                rank == 0 ? 0 : 1 + drawn * scale.pathsPerSite() + rank,
                status(random.nextInt(100)));
    }

    private static int status(int percent) {
        return percent < 80 ? 200 : percent < 90 ? 304 : percent < 96 ? 404 : percent < 99 ? 301 : 500;
    }

    private void next(Attack kind, int second) {
        switch (kind) {
            case PATHS_ONE -> set(ATTACKED_SITE, oneAttacker(), randomPaths++, 404);
            case PATHS_MANY -> set(ATTACKED_SITE, anyAttacker(), randomPaths++, 404);
            case HOSTS_ONE -> set(randomSites++, oneAttacker(), 0, 404);
            case HOSTS_MANY -> set(randomSites++, anyAttacker(), 0, 404);
            case FLASH -> set(ATTACKED_SITE, anyAttacker(), LOGIN_PATH, 403);
            case SCAN ->
                set(
                        random.nextInt(scale.sites()),
                        scale.prefixes() + 1 + scale.attackers() + random.nextInt(SCANNERS),
                        SCANNED_PATHS_FROM + random.nextInt(SCANNED_PATHS),
                        404);
            case MIX ->
                next(
                        switch (random.nextInt(4)) {
                            case 0 -> Attack.PATHS_ONE;
                            case 1 -> Attack.PATHS_MANY;
                            case 2 -> Attack.FLASH;
                            default -> Attack.HOSTS_ONE;
                        },
                        second);
            case LATE -> next(second < LATE_SECOND || random.nextBoolean() ? Attack.PATHS_MANY : Attack.FLASH, second);
            case CHAOS -> set(randomSites++, anyAttacker(), randomPaths++, 404);
            case TWICE -> nextOfTwo();
            case LONG -> set(ATTACKED_SITE, oneAttacker(), longPaths++, 404);
            case NONE -> throw new IllegalStateException("calm traffic has no attack");
        }
    }

    /** Comes back to a request some time after its first: whoever knows that a table asks for a second one does so. */
    private void nextOfTwo() {
        int at = random.nextInt(PENDING);
        if (pending[at]) {
            pending[at] = false;
        } else {
            boolean newPath = random.nextBoolean();
            pendingSites[at] = newPath ? ATTACKED_SITE : randomSites++;
            pendingPaths[at] = newPath ? randomPaths++ : 0;
            pending[at] = true;
        }
        set(pendingSites[at], oneAttacker(), pendingPaths[at], 404);
    }

    private int oneAttacker() {
        return scale.prefixes();
    }

    private int anyAttacker() {
        return scale.prefixes() + 1 + random.nextInt(scale.attackers());
    }

    private void set(int newSite, int newPrefix, int newPath, int newStatus) {
        site = newSite;
        prefix = newPrefix;
        path = newPath;
        status = newStatus;
    }

    /** Number of the site that is asked for. */
    public int site() {
        return site;
    }

    /** Number of the prefix that the request comes from. */
    public int prefix() {
        return prefix;
    }

    /** Number of the path. */
    public int path() {
        return path;
    }

    public int status() {
        return status;
    }

    /** Number of the network that a prefix belongs to. */
    public int asn(int ofPrefix) {
        int mixed = ofPrefix * 0x9e37_79b1 >>> 1;
        return ofPrefix < scale.prefixes()
                ? 64_512 + mixed % NETWORKS_OF_CALM * (mixed / NETWORKS_OF_CALM % NETWORKS_OF_CALM) / NETWORKS_OF_CALM
                : 4_200_000 + mixed % NETWORKS_OF_ATTACKERS;
    }

    public static String siteName(int site) {
        return site < RANDOM_SITES_FROM
                ? "www" + site + ".example.org"
                : Integer.toHexString(site * 0x9e37_79b1) + ".example.net";
    }

    public static String pathName(int path) {
        if (path == 0) {
            return "/";
        }
        if (path >= LONG_PATHS_FROM) {
            return "/" + Integer.toHexString(path * 0x9e37_79b1) + "/" + FILLER;
        }
        return path < RANDOM_PATHS_FROM
                ? "/articles/2026/" + path + "/index.html"
                : "/" + Integer.toHexString(path * 0x9e37_79b1) + "/" + path % 1_000;
    }

    /** The prefix as answers write it, when IPv4 is cut to 24 bits and IPv6 to 48. */
    public String prefixName(int ofPrefix) {
        return isScanner(ofPrefix)
                ? "2001:db8:" + Integer.toHexString(scanner(ofPrefix)) + "::/48"
                : v4(ofPrefix) + "0/24";
    }

    private String address(int ofPrefix) {
        return isScanner(ofPrefix)
                ? "2001:db8:" + Integer.toHexString(scanner(ofPrefix)) + "::17"
                : v4(ofPrefix) + "17";
    }

    private boolean isScanner(int ofPrefix) {
        return ofPrefix > scale.prefixes() + scale.attackers();
    }

    private int scanner(int ofPrefix) {
        return ofPrefix - scale.prefixes() - scale.attackers();
    }

    private static String v4(int prefix) {
        return 20 + (prefix >>> 16) + "." + (prefix >>> 8 & 0xff) + "." + (prefix & 0xff) + ".";
    }

    /** The request as a log line (v2), with its LF. */
    public byte[] line() {
        String line = "v2\t" + siteName(site) + "\t" + address(prefix) + "\tGET\t" + pathName(path) + "\t" + status
                + "\t512\t300\t0.012\t0.011\t" + status + "\t0\t" + asn(prefix) + "\tdirect\t192.0.2.1\thttps\n";
        return line.getBytes(StandardCharsets.UTF_8);
    }
}

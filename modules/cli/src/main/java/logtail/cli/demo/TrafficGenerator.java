package logtail.cli.demo;

import java.util.Random;

/**
 * Lines in the v2 format (FR-2.3) as ten sites would write them on an ordinary day, and an attack on one of them that
 * begins after {@value #ATTACK_STARTS_MS} ms and stays: one /24 that hammers a login page.
 *
 * <p>Time is what {@link #next} is told has passed, in a demo whose minute lasts one second: a day is 24 minutes. Equal
 * seeds give equal lines, however the time is sliced. Addresses, names and numbers are those set aside for examples.
 * Not threadsafe.
 */
public final class TrafficGenerator {
    /** When the attack begins. */
    public static final int ATTACK_STARTS_MS = 5_000;

    /** The prefix, path and site that end up on top. */
    public static final String ATTACKER = "203.0.113.0/24";

    public static final String ATTACKED_URI = Site.ATTACKED_PATH.text();
    public static final String ATTACKED_SITE = Site.ATTACKED;

    /** Ordinary lines per second, averaged over the demo's day. */
    private static final double ORDINARY_PER_SECOND = 2_200;

    private static final double ATTACK_PER_SECOND = 1_500;
    private static final int ATTACK_GROWS_MS = 3_000;
    private static final int GUST_MS = 500;
    private static final int DAY_MS = 24 * 60 * 1_000;

    /** A fragile backend is overloaded for this long, once per period. */
    private static final int OVERLOAD_MS = 12_000;

    private static final int OVERLOAD_PERIOD_MS = 100_000;

    private final Random random;
    private final Weighted<Site> sites;
    private final Weighted<Network> networks;
    private final Site attacked;

    private long nowMs;
    private double ordinaryDue;
    private double attackDue;

    /** What chance makes of the rates for a moment. */
    private double ordinaryGust = 1;

    private double attackGust = 1;

    public TrafficGenerator(long seed) {
        random = new Random(seed);
        var all = Site.all(random);
        sites = Weighted.by(all, Site::weight);
        networks = Weighted.zipf(Network.ordinary(random), 0.75);
        attacked = all.stream()
                .filter(site -> site.name().equals(Site.ATTACKED))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Appends the lines of the next slice of time, each with its LF.
     *
     * @return how many lines
     */
    public int next(int sliceMs, StringBuilder out) {
        int lines = 0;
        for (int i = 0; i < sliceMs; i++, nowMs++) {
            if (nowMs % GUST_MS == 0) {
                ordinaryGust = 1 + 0.04 * random.nextGaussian();
                attackGust = 1 + 0.3 * (random.nextDouble() - 0.5);
            }
            ordinaryDue += ordinaryGust * ordinaryPerSecond(nowMs) / 1_000;
            attackDue += attackGust * attackPerSecond(nowMs) / 1_000;
            for (; ordinaryDue >= 1; ordinaryDue--, lines++) {
                ordinary(out);
            }
            for (; attackDue >= 1; attackDue--, lines++) {
                attack(out);
            }
        }
        return lines;
    }

    /** Low at night and high in the evening, with smaller waves so that no two minutes are alike. */
    static double ordinaryPerSecond(long ms) {
        return ORDINARY_PER_SECOND * (1 + 0.3 * wave(ms, DAY_MS) + 0.1 * wave(ms, 47_000) + 0.05 * wave(ms, 7_300));
    }

    static double attackPerSecond(long ms) {
        double grown = Math.min(1, Math.max(0, ms - ATTACK_STARTS_MS) / (double) ATTACK_GROWS_MS);
        return ATTACK_PER_SECOND * grown * (1 + 0.12 * wave(ms, 31_000));
    }

    private static double wave(long ms, long periodMs) {
        return Math.sin(2 * Math.PI * (ms % periodMs) / periodMs);
    }

    private void ordinary(StringBuilder out) {
        Site site = sites.draw(random);
        boolean overloaded = site.fragile() && nowMs % OVERLOAD_PERIOD_MS > OVERLOAD_PERIOD_MS - OVERLOAD_MS;
        int status =
                (overloaded ? Site.OVERLOADED : site.statuses()).draw(random).code();
        Site.Path path = (status == 404 ? Site.PROBES : site.paths()).draw(random);
        Kind kind = path.kind();
        if (status == 304 && kind == Kind.FORM) {
            status = 200;
        }
        String method = kind.methods.get(random.nextInt(kind.methods.size()));
        boolean query = random.nextDouble() < kind.queries;
        line(out, site, networks.draw(random), method, path, query ? "?page=" + random.nextInt(40) : "", status);
    }

    private void attack(StringBuilder out) {
        int status = random.nextInt(100) < 91 ? 429 : 403;
        String method = random.nextInt(10) < 8 ? "POST" : "GET";
        String query = "?log=admin&t=" + Integer.toHexString(random.nextInt());
        line(out, attacked, Network.ATTACKER, method, Site.ATTACKED_PATH, query, status);
    }

    private void line(
            StringBuilder out, Site site, Network network, String method, Site.Path path, String query, int status) {
        out.append("v2\t").append(site.name()).append('\t');
        network.client(random, out);
        out.append('\t').append(method).append('\t').append(path.text()).append(query);
        out.append('\t').append(status);
        boolean served = status == 200;
        out.append('\t')
                .append(served && !method.equals("HEAD") ? spread(path.kind().medianBytes, 1.1) : 190 + query.length());
        out.append('\t')
                .append(spread(method.equals("POST") || method.equals("PUT") ? 1_100 : 460, 0.35))
                .append('\t');
        times(out, path.kind(), status);
        out.append('\t').append(network.tor() ? '1' : '0');
        out.append('\t').append(network.asn()).append('\t').append(network.tag());
        out.append('\t').append(site.serverAddress()).append(random.nextInt(20) == 0 ? "\thttp\n" : "\thttps\n");
    }

    /** Request time, upstream time and upstream status; what nginx answers itself has no upstream. */
    private void times(StringBuilder out, Kind kind, int status) {
        boolean upstream = kind.upstream && status != 301 && status != 304 && status != 429 && status != 403;
        if (!upstream) {
            seconds(out, random.nextInt(3));
            out.append("\t-\t-");
            return;
        }
        int ms = spread(status >= 502 ? kind.medianMs * 40 : kind.medianMs, 0.8);
        seconds(out, ms + random.nextInt(2));
        out.append('\t');
        boolean retried = status == 200 && random.nextInt(300) == 0;
        if (retried) {
            out.append("0.001, ");
        }
        seconds(out, ms);
        out.append('\t').append(retried ? "502, " : "").append(status);
    }

    private static void seconds(StringBuilder out, int ms) {
        out.append(ms / 1_000).append('.').append(Integer.toString(1_000 + ms % 1_000), 1, 4);
    }

    /** A draw around a median, as sizes and times are spread: many near it, few far above. */
    private int spread(int median, double sigma) {
        return (int) Math.min(20_000_000, 1 + median * Math.exp(sigma * random.nextGaussian()));
    }
}

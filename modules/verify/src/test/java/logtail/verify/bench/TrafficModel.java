package logtail.verify.bench;

import java.util.Arrays;
import java.util.Random;

/**
 * Log lines by a model, the same for the same seed. Realistic ones follow Zipf's law in sites, paths and clients, and 60 % of
 * them are one of 60 000 frequent combinations; all-unique ones have a path and a client prefix of their own each, as in
 * an attack that is meant to fill tables.
 */
final class TrafficModel {
    private static final String[] WORDS = {
        "index",
        "api",
        "v1",
        "v2",
        "images",
        "static",
        "assets",
        "js",
        "css",
        "blog",
        "post",
        "user",
        "login",
        "search",
        "product",
        "cart",
        "item",
        "wiki",
        "page",
        "feed",
        "download",
        "archive",
        "media",
        "thumb",
        "admin",
        "status",
        "docs",
        "guide",
        "news",
        "tag"
    };
    private static final String[] DOMAINS = {"ch", "net", "nl", "org", "org"};
    private static final String[] ENDINGS = {".html", ".png", ""};
    private static final int[] STATUSES = {
        200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 304, 304, 304, 301, 302, 404, 404, 403, 500, 502,
        499, 206
    };
    private static final int V4_PREFIXES = 60_000;
    private static final int V6_PREFIXES = 20_000;

    private final Random random;
    private final boolean unique;
    private final Zipf sites = new Zipf(200, 1.0);
    private final Zipf paths = new Zipf(200_000, 0.95);
    private final Zipf clients = new Zipf(300_000, 0.85);
    private final Zipf frequent = new Zipf(60_000, 0.9);
    private final Random combination = new Random();
    private long lines;

    /**
     * @param unique whether no path and no prefix comes twice
     */
    TrafficModel(long seed, boolean unique) {
        this.random = new Random(seed);
        this.unique = unique;
    }

    /** Appends one line in the v2 format. */
    void line(StringBuilder out) {
        Random choice = random;
        if (!unique && random.nextInt(100) < 60) {
            combination.setSeed(mix(frequent.next(random)));
            choice = combination;
        }
        int site = sites.next(choice);
        int path = paths.next(choice);
        int client = clients.next(choice);
        out.append("v2\t");
        site(out, site);
        out.append('\t');
        client(out, client);
        out.append("\tGET\t");
        path(out, path);
        // A path mostly ends in the same way.
        int status = unique ? random.nextInt() : (int) mix(path + (choice == random ? random.nextInt(3) : 0));
        out.append('\t').append(STATUSES[Math.floorMod(status, STATUSES.length)]);
        out.append("\t1000\t500\t0.010\t-\t-\t").append(Math.floorMod(mix(client), 1000) < 8 ? 1 : 0);
        out.append('\t').append(asn(client));
        out.append("\ttag").append(Math.floorMod(mix(client), 7)).append("\t192.0.2.1\thttps\n");
        lines++;
    }

    private static void site(StringBuilder out, int site) {
        long h = mix(site + 1);
        out.append('h').append(site).append(site % 3 == 0 ? ".s" : ".www").append(Math.floorMod(h, 90));
        out.append('.').append(word(h >>> 8)).append(".example.").append(DOMAINS[site % DOMAINS.length]);
    }

    private void client(StringBuilder out, int client) {
        long h = mix(client * 7_919L + 3);
        if (unique) {
            int p = (int) (lines * 2_654_435_761L) & 0xff_ffff;
            v4(out, p >> 16, p >> 8 & 255, p & 255);
        } else if (Math.floorMod(h, 100) < 15) {
            long p = mix(Math.floorMod(h, V6_PREFIXES));
            out.append("2a02:").append(Long.toHexString(p & 0xffff)).append(':');
            out.append(Long.toHexString(p >>> 16 & 0xffff)).append("::1");
        } else {
            long p = mix(Math.floorMod(h, V4_PREFIXES));
            v4(out, 1 + Math.floorMod((int) p, 222), (int) (p >>> 32) & 255, (int) (p >>> 40) & 255);
        }
    }

    private static void v4(StringBuilder out, int a, int b, int c) {
        out.append(a).append('.').append(b).append('.').append(c).append(".7");
    }

    private void path(StringBuilder out, int path) {
        if (unique) {
            long r = random.nextLong();
            out.append('/').append(word(r)).append('/').append(word(r >>> 8)).append('/');
            out.append(Long.toHexString(r)).append(Long.toHexString(lines));
            return;
        }
        long h = mix(path * 1_000_003L + 17);
        for (int depth = 0; depth <= (h & 3); depth++) {
            out.append('/').append(word(h >>> 5 * depth + 3));
        }
        out.append('/').append(Integer.toHexString(path * 7 + 1));
        out.append(ENDINGS[Math.floorMod((int) (h >>> 40), ENDINGS.length)]);
    }

    private static int asn(int client) {
        return 1 + Math.floorMod((int) mix(client % 3_000), 65_000);
    }

    private static String word(long h) {
        return WORDS[Math.floorMod((int) h, WORDS.length)];
    }

    private static long mix(long x) {
        long h = (x ^ x >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }

    /** Numbers below n; the k-th is drawn in proportion to 1 / k^a. */
    private static final class Zipf {
        private final double[] upTo;

        Zipf(int n, double a) {
            upTo = new double[n];
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += 1 / Math.pow(k + 1, a);
                upTo[k] = sum;
            }
        }

        int next(Random random) {
            int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
            return Math.min(upTo.length - 1, at < 0 ? -at - 1 : at);
        }
    }
}

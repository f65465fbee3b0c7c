package logtail.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A site of the demo.
 *
 * @param name its host name
 * @param weight its part of the ordinary traffic
 * @param paths what it serves
 * @param statuses what it answers when it is well
 * @param fragile whether its backend is overloaded now and then
 * @param serverAddress where it is served
 */
record Site(
        String name,
        double weight,
        Weighted<Path> paths,
        Weighted<Status> statuses,
        boolean fragile,
        String serverAddress) {

    /** A path and how requests for it look. */
    record Path(String text, Kind kind) {}

    /** A status and how often it is given. */
    record Status(int code, double weight) {}

    /** A small blog whose login page somebody has found. */
    static final String ATTACKED = "blog.example.org";

    static final Path ATTACKED_PATH = new Path("/wp-login.php", Kind.FORM);

    /** What scanners ask for on any site, and do not find. */
    static final Weighted<Path> PROBES = Weighted.zipf(
            List.of(
                    new Path("/.env", Kind.PAGE),
                    new Path("/.git/config", Kind.PAGE),
                    new Path("/xmlrpc.php", Kind.PAGE),
                    new Path("/phpmyadmin/index.php", Kind.PAGE),
                    new Path("/favicon-old.ico", Kind.ASSET),
                    new Path("/cgi-bin/test.cgi", Kind.PAGE),
                    new Path("/old/index.html", Kind.PAGE),
                    new Path("/apple-touch-icon-precomposed.png", Kind.ASSET)),
            0.9);

    /** What a fragile backend answers when it is overloaded. */
    static final Weighted<Status> OVERLOADED =
            weighted(new Status(200, 62), new Status(502, 21), new Status(503, 14), new Status(504, 3));

    private static final Weighted<Status> PAGES = weighted(
            new Status(200, 86),
            new Status(304, 7),
            new Status(301, 3),
            new Status(404, 3.4),
            new Status(500, 0.3),
            new Status(502, 0.15),
            new Status(503, 0.15));
    private static final Weighted<Status> CALLS = weighted(
            new Status(200, 88),
            new Status(404, 3),
            new Status(429, 6.5),
            new Status(500, 1.2),
            new Status(502, 0.5),
            new Status(503, 0.8));
    private static final Weighted<Status> FILES =
            weighted(new Status(200, 70), new Status(304, 27), new Status(404, 3));
    private static final Weighted<Status> OLD = weighted(
            new Status(200, 60),
            new Status(301, 12),
            new Status(404, 14),
            new Status(500, 8),
            new Status(502, 3),
            new Status(503, 3));

    private static final int PATHS_PER_PATTERN = 40;

    /** The ten sites. */
    static List<Site> all(Random random) {
        return List.of(
                site(random, "www.example.com", 28, PAGES, "/", "/news/%d", "/topics/%d/", "/about", "/search"),
                site(random, "shop.example.com", 19, PAGES, "/", "/product/%d", "/category/%d/", "/cart", "/checkout"),
                site(random, "api.example.com", 16, CALLS, "/v1/items", "/v1/items/%d", "/v1/users/%d", "/v1/login"),
                site(random, "static.example.com", 13, FILES, "/css/site.%x.css", "/js/app.%x.js", "/img/%d.webp"),
                site(random, "forum.example.net", 8, PAGES, "/", "/thread/%d", "/user/%d", "/img/avatar/%d.webp"),
                site(random, "docs.example.org", 6, PAGES, "/", "/guide/%d/", "/reference/%x/", "/css/docs.css"),
                site(random, "m.example.com", 4, PAGES, "/", "/news/%d", "/img/small/%d.webp"),
                site(random, ATTACKED, 3, PAGES, "/", "/posts/%d/", "/feed/", ATTACKED_PATH.text()),
                site(random, "status.example.net", 2, CALLS, "/api/summary.json", "/", "/history"),
                site(random, "legacy.example.net", 1, OLD, "/index.php", "/download.php", "/img/%d.gif"));
    }

    /** Patterns stand in the order in which they are wanted; one with a number is many paths. */
    private static Site site(Random random, String name, double weight, Weighted<Status> statuses, String... patterns) {
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < PATHS_PER_PATTERN; i++) {
            for (String pattern : patterns) {
                if (i == 0 || pattern.indexOf('%') >= 0) {
                    String text = pattern.replace("%d", Integer.toString(10 + i * 90 + random.nextInt(90)))
                            .replace("%x", Integer.toHexString(0x100000 + random.nextInt(0xefffff)));
                    paths.add(new Path(text, kind(text)));
                }
            }
        }
        String address = "192.0.2." + (80 + name.length());
        return new Site(name, weight, Weighted.zipf(paths, 1.05), statuses, statuses == CALLS, address);
    }

    private static Weighted<Status> weighted(Status... statuses) {
        return Weighted.by(List.of(statuses), Status::weight);
    }

    private static Kind kind(String path) {
        if (path.startsWith("/v1/") || path.startsWith("/api/")) {
            return Kind.API;
        }
        if (path.contains("login") || path.equals("/checkout")) {
            return Kind.FORM;
        }
        return path.lastIndexOf('.') > 0 && !path.endsWith(".php") ? Kind.ASSET : Kind.PAGE;
    }
}

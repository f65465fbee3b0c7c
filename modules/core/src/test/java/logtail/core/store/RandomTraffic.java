package logtail.core.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tuples of every odd kind, some of them often. */
final class RandomTraffic {
    private static final List<String> SITES = List.of(
            "www.example.org", "", "(other)", "\\(other)", "a", "ab", "münchen.example", "\u0001", "www.example.net");
    private static final List<String> PREFIXES = List.of(
            "10.0.0.0/24",
            "10.0.1.0/24",
            "100.0.0.0/24",
            "9.9.9.0/24",
            "2001:db8::/48",
            "2001:db8:1::/48",
            "::/0",
            "0.0.0.0/0");
    private static final List<String> STATUSES = List.of("0", "9", "99", "200", "404", "1000", "9999");
    private static final List<String> NUMBERS = List.of("0", "1", "10", "2", "64496", "4200000000", "4294967295");
    private static final List<String> TAGS = List.of("direct", "", "cdn-1");

    private final Random random;

    RandomTraffic(long seed) {
        this.random = new Random(seed);
    }

    /** One tuple, with the path chosen among so many. */
    List<String> tuple(int paths) {
        int path = (int) Math.abs(random.nextGaussian() * paths / 3);
        String uri = path % 7 == 0 ? "/" + "long/".repeat(path % 40) + path : "/" + path;
        return List.of(
                any(SITES),
                any(PREFIXES),
                uri,
                any(STATUSES),
                random.nextBoolean() ? "0" : "1",
                any(NUMBERS),
                any(TAGS));
    }

    /** Requests by tuple. */
    Map<List<String>, Long> bucket(int requests, int paths) {
        Map<List<String>, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < requests; i++) {
            counts.merge(tuple(paths), 1L + (random.nextInt(10) == 0 ? random.nextInt(1000) : 0), Long::sum);
        }
        return counts;
    }

    private String any(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    int next(int bound) {
        return random.nextInt(bound);
    }

    /** The same in another order. */
    <T> List<T> shuffled(Iterable<T> items) {
        List<T> list = new ArrayList<>();
        items.forEach(list::add);
        java.util.Collections.shuffle(list, random);
        return list;
    }
}

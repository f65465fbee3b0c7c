package logtail.core.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.store.View;
import logtail.core.time.Window;

/** Random requests, beside what is left of them after folding; and random questions about them. */
final class Traffic {
    private static final int FINE_SECONDS = 60;
    private static final long FIRST_SECONDS = 1_763_628_000;

    private static final List<String> TEXTS = List.of(
            "",
            "a.example",
            "b.example",
            "(other)",
            "\\(other)",
            "\\\\(other)",
            "x(other)",
            "other)",
            "/",
            "/a",
            "/a/b",
            "/index.php",
            "/ü",
            "/\uffee",
            "/\ud800\udc00",
            "a",
            "b",
            "ab",
            "direct",
            "NL");
    private static final List<String> PREFIXES =
            List.of("192.0.2.0/24", "192.0.20.0/24", "10.0.0.0/8", "2001:db8::/48", "2001:db8:0:1::/64", "0.0.0.0/0");
    private static final List<String> WIDE_PREFIXES =
            List.of("192.0.2.0/23", "192.0.0.0/19", "128.0.0.0/1", "0.0.0.0/0", "2001:db8::/47", "2000::/3", "::/0");
    private static final List<String> STATUSES = List.of("0", "99", "200", "204", "404", "500", "1000", "9999");
    private static final List<String> ASNS =
            List.of("0", "1", "64496", "2147483647", "2147483648", "4200000000", "4294967295");
    private static final List<String> REGEXES = List.of(
            "a", "^/a", "b$", "^$", "^/$", "(a|b)\\.ex", "(?i)A", ".*", "x.*le", "\\(other\\)$", "[^a-z]", "/[a-z]+/");

    private final Random random;
    final Schema schema;
    final Window window;
    final View view;

    /** By start of the bucket: what really happened, and what the view holds of it. */
    private final Map<Long, List<Requests>> truth = new TreeMap<>();

    private final Map<Long, List<Requests>> kept = new TreeMap<>();
    private final long endSeconds;
    private final long firstSeconds;

    Traffic(Random random) {
        this.random = random;
        this.schema = random.nextBoolean() ? Schema.LOGTAIL : Dims.WITH_COUNTRY;
        this.window = Window.values()[random.nextInt(Window.values().length)];
        int slotsSeen = random.nextInt(window.coarse() ? 12 : 70);
        this.firstSeconds = FIRST_SECONDS + random.nextInt(20) * (long) FINE_SECONDS;
        this.endSeconds = firstSeconds + slotsSeen * (long) lengthSeconds();
        this.view = build();
    }

    int lengthSeconds() {
        return window.coarse() ? FINE_SECONDS * View.FINE_PER_COARSE : FINE_SECONDS;
    }

    private View build() {
        ViewBuilder builder = new ViewBuilder(schema, FINE_SECONDS).since(firstSeconds);
        double folds = random.nextInt(3) * 0.15;
        int largest = random.nextInt(4) == 0 ? Block.ROWS_MAX * 2 : 0;
        long aligned = Math.floorDiv(firstSeconds, lengthSeconds()) * lengthSeconds();
        for (long start = aligned; start + lengthSeconds() <= endSeconds; start += lengthSeconds()) {
            if (random.nextInt(4) == 0) {
                continue;
            }
            List<Requests> real = new ArrayList<>();
            List<Requests> left = new ArrayList<>();
            for (int i = random.nextInt(largest + 12); i > 0; i--) {
                Requests requests = requests();
                real.add(requests);
                left.add(random.nextDouble() < folds ? requests.folded(some(schema.dimensions())) : requests);
            }
            largest = 0;
            truth.put(start, real);
            kept.put(start, left);
            Requests[] rows = left.toArray(new Requests[0]);
            builder = window.coarse() ? builder.coarse(start, rows) : builder.fine(start, rows);
        }
        return builder.until(endSeconds > firstSeconds ? endSeconds : Long.MIN_VALUE)
                .build();
    }

    private Requests requests() {
        Requests requests = Requests.of(1 + random.nextInt(4));
        for (Dimension dimension : schema.dimensions()) {
            requests = requests.with(dimension, value(dimension));
        }
        return requests;
    }

    private String value(Dimension dimension) {
        return pick(
                switch (dimension.kind()) {
                    case TEXT -> TEXTS;
                    case PREFIX -> PREFIXES;
                    case STATUS -> STATUSES;
                    case FLAG -> List.of("0", "1");
                    case ASN -> ASNS;
                });
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Dimension[] some(List<Dimension> dimensions) {
        return dimensions.stream().filter(d -> random.nextInt(3) == 0).toArray(Dimension[]::new);
    }

    Filter filter() {
        Filter filter = Filter.ALL;
        for (int i = random.nextInt(4); i > 0; i--) {
            filter = filter.and(term());
        }
        return filter;
    }

    private Term term() {
        Dimension dimension = pick(schema.dimensions());
        if (random.nextInt(4) == 0) {
            List<String> values = random.ints(1 + random.nextInt(4), 0, 2)
                    .mapToObj(i -> operand(dimension, true))
                    .toList();
            return Term.of(dimension, random.nextBoolean() ? FilterOp.IN : FilterOp.NOT_IN, values);
        }
        FilterOp op = pick(dimension.operators().stream().sorted().toList());
        if (op == FilterOp.MATCH || op == FilterOp.NOT_MATCH) {
            return Term.of(dimension, op, pick(REGEXES));
        }
        return Term.of(dimension, op, operand(dimension, op == FilterOp.EQ || op == FilterOp.NE));
    }

    private String operand(Dimension dimension, boolean orMany) {
        if (orMany && dimension.kind() == ColumnKind.STATUS && random.nextInt(3) == 0) {
            return 1 + random.nextInt(5) + "xx";
        }
        if (orMany && dimension.kind() == ColumnKind.PREFIX && random.nextInt(3) == 0) {
            return pick(WIDE_PREFIXES);
        }
        String value = value(dimension);
        boolean escaped = dimension.kind() == ColumnKind.TEXT && value.endsWith("(other)") && !value.startsWith("x");
        return escaped ? "\\" + value : value;
    }

    TopNQuery topN() {
        List<Dimension> shuffled = new ArrayList<>(schema.dimensions());
        java.util.Collections.shuffle(shuffled, random);
        int places = random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(schema.size());
        int n = random.nextBoolean() ? 1 + random.nextInt(10) : 50_000;
        return new TopNQuery(filter(), shuffled.subList(0, places), n, window);
    }

    /** Starts of the slots that the window covers, oldest first. */
    List<Long> slots() {
        List<Long> slots = new ArrayList<>();
        int length = lengthSeconds();
        long newest = Math.floorDiv(endSeconds, length) * length - length;
        for (int i = window.buckets() - 1; i >= 0; i--) {
            long start = newest - (long) i * length;
            if (start + length > firstSeconds && endSeconds > firstSeconds) {
                slots.add(start);
            }
        }
        return slots;
    }

    List<Requests> truthAt(long start) {
        return truth.getOrDefault(start, List.of());
    }

    List<Requests> keptAt(long start) {
        return kept.getOrDefault(start, List.of());
    }

    List<Requests> truth() {
        return slots().stream().flatMap(s -> truthAt(s).stream()).toList();
    }

    List<Requests> kept() {
        return slots().stream().flatMap(s -> keptAt(s).stream()).toList();
    }
}

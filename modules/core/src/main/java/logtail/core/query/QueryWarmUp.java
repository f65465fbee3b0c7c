package logtail.core.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Sealer;
import logtail.core.store.View;
import logtail.core.time.Window;

/**
 * Asks questions whose answers nobody reads, so that the first one somebody waits for is not the one for which the JVM
 * compiles the code. Over a view of its own: the real one is empty at that time.
 */
public final class QueryWarmUp {
    private static final int BUCKETS = 5;

    /** Enough different texts for every width of a column, and for more than a block of rows. */
    private static final int ROWS = 6_000;

    /** With text to look for and without, found at the beginning and anywhere. */
    private static final List<String> PATTERNS = List.of("1.*[2-5]", "^/(1|2).*/p(a|o)ge", "[0-9]{2}[0-4]");

    private static final int URIS = 80_000;
    private static final int SITES = 200;
    private static final int CLIENTS = 4_000;
    private static final int KEY_BYTES_MAX = 256;

    private final Schema schema;
    private final TupleLayout layout;
    private final KeyHash hash = new KeyHash(1, 2);

    /** The same rows each time. */
    private final Random random = new Random(1);

    private QueryWarmUp(Schema schema) {
        this.schema = schema;
        this.layout = new TupleLayout(schema);
    }

    /**
     * Goes on until it is told to stop; takes as long as that.
     *
     * @param schema the dimensions to ask about
     * @param enough asked after each question
     * @return how many were asked
     */
    public static int run(Schema schema, BooleanSupplier enough) {
        QueryWarmUp warmUp = new QueryWarmUp(schema);
        View view = warmUp.view();
        List<Runnable> questions = warmUp.questions(view);
        int asked = 0;
        do {
            questions.get(asked % questions.size()).run();
            asked++;
        } while (!enough.getAsBoolean());
        return asked;
    }

    // ---- what is asked -----------------------------------------------------------------------------------------

    private List<Runnable> questions(View view) {
        List<Runnable> questions = new ArrayList<>();
        rankings().forEach(query -> questions.add(() -> Queries.topN(view, query, () -> false)));
        trends().forEach(query -> questions.add(() -> Queries.trend(view, query, () -> false)));
        return questions;
    }

    private List<TopNQuery> rankings() {
        List<TopNQuery> queries = new ArrayList<>();
        for (Dimension dimension : schema.dimensions()) {
            queries.add(new TopNQuery(Filter.ALL, List.of(dimension), 10, Window.W60M));
        }
        for (Filter filter : filters()) {
            for (Dimension dimension : schema.dimensions().subList(0, 3)) {
                queries.add(new TopNQuery(filter, List.of(dimension), 10, Window.W60M));
            }
        }
        queries.add(new TopNQuery(Filter.ALL, schema.dimensions(), 1_000, Window.W60M));
        queries.add(new TopNQuery(Filter.ALL, schema.dimensions().subList(0, 2), 25, Window.W60M));
        return queries;
    }

    private List<TrendQuery> trends() {
        return filters().stream()
                .map(filter -> new TrendQuery(filter, Window.W60M))
                .toList();
    }

    /** One of each sort of condition, as far as the dimensions take them. */
    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>(List.of(Filter.ALL));
        for (Dimension dimension : schema.dimensions()) {
            for (FilterOp op : dimension.operators()) {
                List<String> operands = op.isRegex() ? PATTERNS : List.of(value(dimension));
                operands.forEach(operand -> filters.add(Filter.ALL.and(Term.of(dimension, op, operand))));
            }
        }
        return filters;
    }

    private String value(Dimension dimension) {
        return switch (dimension.kind()) {
            case TEXT -> "/1";
            case PREFIX -> "10.0.0.0/16";
            case STATUS -> "404";
            case FLAG -> "1";
            case ASN -> "64500";
        };
    }

    // ---- of what -----------------------------------------------------------------------------------------------

    private View view() {
        Sealer sealer = new Sealer(layout, hash, 60, RingLimits.FINE, RingLimits.COARSE);
        LiveTable table = new LiveTable(layout, hash, 2 * ROWS, ROWS * KEY_BYTES_MAX, LiveTable.Overflow.FOLD);
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            for (int row = 0; row < ROWS; row++) {
                add(table);
            }
            sealer.rotate(table, bucket * 60L, false);
            table.clear();
        }
        return sealer.view();
    }

    private void add(LiveTable table) {
        byte[] key = new byte[KEY_BYTES_MAX + Long.BYTES];
        int to = layout.headerBytes();
        for (int d = 0; d < schema.size(); d++) {
            if (!layout.kind(d).isDictionary()) {
                layout.number(key, 0, d, number(layout.kind(d)));
                continue;
            }
            byte[] text = text(d);
            layout.textLength(key, 0, d, text.length);
            System.arraycopy(text, 0, key, to, text.length);
            to += text.length;
        }
        table.add(key, 0, to, hash.hash(key, 0, to), 1 + random.nextInt(100));
    }

    private int number(ColumnKind kind) {
        return switch (kind) {
            case STATUS -> 200 + 100 * random.nextInt(4);
            case FLAG -> random.nextInt(2);
            default -> 64_496 + random.nextInt(1_000);
        };
    }

    private byte[] text(int d) {
        if (layout.kind(d) == ColumnKind.PREFIX) {
            int client = random.nextInt(CLIENTS);
            byte[] address = {10, (byte) (client >> 8), (byte) client, 0};
            byte[] prefix = new byte[Prefix.BYTES_MAX];
            int length = Prefix.write(address, 0, address.length, 24, prefix, 0);
            return Arrays.copyOf(prefix, length);
        }
        int texts = d == 0 ? SITES : URIS;
        return ("/" + random.nextInt(texts) + "/page").getBytes(StandardCharsets.UTF_8);
    }
}

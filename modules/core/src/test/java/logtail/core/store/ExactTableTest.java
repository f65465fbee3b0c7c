package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import logtail.core.query.Filter;
import logtail.core.query.Queries;
import logtail.core.query.TopNAnswer;
import logtail.core.query.TopNQuery;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.time.Window;
import org.junit.jupiter.api.Test;

class ExactTableTest {
    private static final Schema SCHEMA = Schema.LOGTAIL;
    private static final TupleLayout LAYOUT = new TupleLayout(SCHEMA);
    private static final KeyHash HASH = new KeyHash(3, 4);

    @Test
    void anyNumberOfTuples_isCountedExactly() {
        ExactTable table = new ExactTable(LAYOUT);
        Map<String, Long> expected = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            // Some short, some long, so that chunks of keys end in between.
            int n = (int) Math.abs(random.nextGaussian() * 30_000);
            add(table, "/" + n + "x".repeat(n % 97 == 0 ? 3_000 : 0), 200 + n % 3);
            expected.merge(n + " " + (200 + n % 3), 1L, Long::sum);
        }
        assertThat(table.rows()).isEqualTo(expected.size());
        assertThat(table.total()).isEqualTo(200_000);
        Map<String, Long> actual = new HashMap<>();
        table.forEach((bytes, key, count) -> {
            int from = LAYOUT.textFrom(bytes, key, 2);
            String uri = new String(bytes, from, LAYOUT.textLength(bytes, key, 2), StandardCharsets.UTF_8);
            actual.put(uri.replaceAll("[/x]", "") + " " + LAYOUT.number(bytes, key, 3), count);
        });
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void tablesOfSeveralThreads_addUp() {
        ExactTable left = new ExactTable(LAYOUT);
        ExactTable right = new ExactTable(LAYOUT);
        add(left, "/a", 200);
        add(left, "/b", 200);
        add(right, "/b", 200);
        add(right, "/b", 404);
        left.addAll(right);
        assertThat(left.rows()).isEqualTo(3);
        assertThat(left.total()).isEqualTo(4);
    }

    @Test
    void rowsAsAView_answerLikeAnyOther() {
        ExactTable table = new ExactTable(LAYOUT);
        add(table, "/a", 200);
        add(table, "/a", 404);
        add(table, "/b", 200);
        ViewBuilder builder = new ViewBuilder(LAYOUT, HASH, table.rows());
        table.forEach(builder::add);
        TopNAnswer answer = Queries.topN(
                builder.build(), new TopNQuery(Filter.ALL, List.of(SCHEMA.get(2)), 10, Window.W1M), () -> false);
        assertThat(answer.exact()).isTrue();
        assertThat(answer.total()).isEqualTo(3);
        assertThat(answer.rows())
                .extracting(row -> row.labels().get(0) + " " + row.count())
                .containsExactly("/a 2", "/b 1");
    }

    private static void add(ExactTable table, String uri, int status) {
        byte[] text = uri.getBytes(StandardCharsets.UTF_8);
        byte[] key = new byte[LAYOUT.headerBytes() + text.length + Long.BYTES];
        LAYOUT.textLength(key, 0, 2, text.length);
        LAYOUT.number(key, 0, 3, status);
        System.arraycopy(text, 0, key, LAYOUT.headerBytes(), text.length);
        int to = LAYOUT.headerBytes() + text.length;
        table.add(Arrays.copyOf(key, key.length), 0, to, HASH.hash(key, 0, to), 1);
    }
}

package logtail.core.query;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Prefix;
import logtail.core.schema.Schema;
import logtail.core.store.Bucket;
import logtail.core.store.Column;
import logtail.core.store.Texts;
import logtail.core.store.View;

/** Builds views by hand. Without further words a view has seen everything from the epoch to its newest bucket. */
final class ViewBuilder {
    private final Schema schema;
    private final int fineSeconds;
    private final List<Map<String, Integer>> ids = new ArrayList<>();
    private final List<Bucket> fine = new ArrayList<>();
    private final List<Bucket> coarse = new ArrayList<>();
    private long firstSeconds;
    private long endSeconds = Long.MIN_VALUE;

    ViewBuilder(Schema schema, int fineSeconds) {
        this.schema = schema;
        this.fineSeconds = fineSeconds;
        schema.dimensions().forEach(d -> ids.add(new LinkedHashMap<>()));
    }

    /** Everything in one bucket: minute 0. */
    static View minute(Requests... requests) {
        return new ViewBuilder(Schema.LOGTAIL, 60).fine(0, requests).build();
    }

    ViewBuilder fine(long startSeconds, Requests... requests) {
        fine.add(bucket(startSeconds, fineSeconds, false, List.of(requests)));
        endSeconds = Math.max(endSeconds, startSeconds + fineSeconds);
        return this;
    }

    ViewBuilder coarse(long startSeconds, Requests... requests) {
        int length = fineSeconds * View.FINE_PER_COARSE;
        coarse.add(bucket(startSeconds, length, true, List.of(requests)));
        endSeconds = Math.max(endSeconds, startSeconds + length);
        return this;
    }

    ViewBuilder since(long seconds) {
        firstSeconds = seconds;
        return this;
    }

    ViewBuilder until(long seconds) {
        endSeconds = seconds;
        return this;
    }

    private Bucket bucket(long startSeconds, int length, boolean isCoarse, List<Requests> requests) {
        List<Column> columns = new ArrayList<>();
        int[] folds = new int[requests.size()];
        for (int d = 0; d < schema.size(); d++) {
            int[] values = new int[folds.length];
            for (int row = 0; row < folds.length; row++) {
                boolean folded = requests.get(row).isFolded(schema.get(d));
                folds[row] |= folded ? 1 << d : 0;
                values[row] = folded
                        ? 0
                        : cell(d, requests.get(row).value(schema.get(d)).orElseThrow());
            }
            columns.add(Column.of(values));
        }
        long[] counts = requests.stream().mapToLong(Requests::count).toArray();
        long total = requests.stream().mapToLong(Requests::count).sum();
        return new Bucket(startSeconds, length, isCoarse, false, total, columns, Column.of(folds), counts);
    }

    private int cell(int d, String value) {
        Dimension dimension = schema.get(d);
        if (!dimension.kind().isDictionary()) {
            return Integer.parseUnsignedInt(value);
        }
        Map<String, Integer> known = ids.get(d);
        return known.computeIfAbsent(value, v -> known.size() + 1);
    }

    View build() {
        List<Texts> texts = new ArrayList<>();
        for (int d = 0; d < schema.size(); d++) {
            ColumnKind kind = schema.get(d).kind();
            texts.add(new ListTexts(ids.get(d).keySet().stream()
                    .map(text -> kind == ColumnKind.PREFIX
                            ? Objects.requireNonNull(Prefix.parse(text))
                            : text.getBytes(StandardCharsets.UTF_8))
                    .toList()));
        }

        return new View(schema, fine, coarse, texts, fineSeconds, firstSeconds, endSeconds);
    }

    /** Ids from 1 on, in the order of a list. */
    private record ListTexts(List<byte[]> values) implements Texts {
        @Override
        public byte[] get(int id) {
            return values.get(id - 1);
        }

        @Override
        public int limit() {
            return values.size() + 1;
        }
    }
}

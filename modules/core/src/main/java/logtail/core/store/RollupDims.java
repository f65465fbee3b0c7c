package logtail.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.Schema;

/**
 * What a rollup counts by: one dimension, or a pair (D10).
 *
 * @param first index in the schema
 * @param second index in the schema, larger than the first; {@link #NONE} when there is one dimension only
 */
public record RollupDims(int first, int second) {
    public static final int NONE = -1;

    /** The rollups of a schema: one for each dimension, then the website with each prefix and with the URI. */
    public static List<RollupDims> of(Schema schema) {
        List<RollupDims> all = new ArrayList<>();
        List<RollupDims> pairs = new ArrayList<>();
        Optional<Dimension> website = schema.named("website");
        for (int d = 0; d < schema.size(); d++) {
            all.add(new RollupDims(d, NONE));
            Dimension dimension = schema.get(d);
            if (website.isPresent()
                    && (dimension.kind() == ColumnKind.PREFIX
                            || dimension.name().equals("uri"))) {
                int site = schema.indexOf(website.get());
                pairs.add(new RollupDims(Math.min(site, d), Math.max(site, d)));
            }
        }
        all.addAll(pairs);
        return List.copyOf(all);
    }

    /** Dimensions: 1 or 2. */
    public int size() {
        return second == NONE ? 1 : 2;
    }

    public int get(int place) {
        return place == 0 ? first : second;
    }

    /** Their bits in fold masks. */
    public int mask() {
        return 1 << first | (second == NONE ? 0 : 1 << second);
    }
}

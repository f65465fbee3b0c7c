package logtail.core.store;

import logtail.core.schema.ColumnKind;
import logtail.core.schema.Schema;

/** In which order dimensions are given up when there are more tuples than rows. */
final class FoldLevels {
    private FoldLevels() {}

    /**
     * Fold masks by level: nothing, then the URI, then the prefix too, then every dimension.
     *
     * <p>The URI is whatever text an attacker chooses most freely; of a schema without one the last text dimension.
     */
    static int[] of(Schema schema) {
        int uri = bit(schema, "uri");
        int prefix = 0;
        for (int d = 0; d < schema.size(); d++) {
            if (schema.get(d).kind() == ColumnKind.PREFIX) {
                prefix |= 1 << d;
            }
        }
        return new int[] {0, uri, uri | prefix, schema.allFolded()};
    }

    private static int bit(Schema schema, String name) {
        return schema.named(name).map(d -> 1 << schema.indexOf(d)).orElse(0);
    }
}

package logtail.core.store;

import java.util.stream.IntStream;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Schema;

/** In which order dimensions are given up when there are more tuples than rows. */
final class FoldLevels {
    private FoldLevels() {}

    /**
     * Fold masks by level: nothing, then the URI, then the prefix too, then every dimension.
     *
     * <p>The URI is what an attacker chooses most freely; a schema without it, or without prefixes, has a level less.
     */
    static int[] of(Schema schema) {
        int uri = schema.named("uri").map(d -> 1 << schema.indexOf(d)).orElse(0);
        int prefix = 0;
        for (int d = 0; d < schema.size(); d++) {
            if (schema.get(d).kind() == ColumnKind.PREFIX) {
                prefix |= 1 << d;
            }
        }
        return IntStream.of(0, uri, uri | prefix, schema.allFolded()).distinct().toArray();
    }
}

package logtail.core.store;

import java.util.ArrayList;
import java.util.List;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Schema;

/**
 * One way in which tuples are made coarser (D9): dimensions that are given up one after the other.
 *
 * @param steps bits of fold masks, in that order
 * @param isWebsite whether it gives up the website, which has to merge more than others to be chosen
 */
record FoldDirection(List<Integer> steps, boolean isWebsite) {
    FoldDirection {
        steps = List.copyOf(steps);
    }

    /** The directions of a schema: the URI; prefixes, then ASNs; the website. A dimension it lacks is left out. */
    static List<FoldDirection> of(Schema schema) {
        List<Integer> origin = new ArrayList<>();
        for (ColumnKind kind : List.of(ColumnKind.PREFIX, ColumnKind.ASN)) {
            for (int d = 0; d < schema.size(); d++) {
                if (schema.get(d).kind() == kind) {
                    origin.add(1 << d);
                }
            }
        }
        List<FoldDirection> directions = new ArrayList<>();
        schema.named("uri").ifPresent(d -> directions.add(new FoldDirection(List.of(1 << schema.indexOf(d)), false)));
        if (!origin.isEmpty()) {
            directions.add(new FoldDirection(origin, false));
        }
        schema.named("website")
                .ifPresent(d -> directions.add(new FoldDirection(List.of(1 << schema.indexOf(d)), true)));
        return directions;
    }

    /** The mask with one more dimension folded; the same when this direction has none left. */
    int next(int mask) {
        for (int i = 0; i < steps.size(); i++) {
            if ((mask & steps.get(i)) == 0) {
                return mask | steps.get(i);
            }
        }
        return mask;
    }

    /** All its dimensions. */
    int mask() {
        return steps.stream().reduce(0, (a, b) -> a | b);
    }
}

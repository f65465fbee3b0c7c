package logtail.core.query;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import logtail.core.schema.Dimension;

/**
 * Some requests alike.
 *
 * @param values by dimension: text as it was sent, canonical CIDR, or decimal number; nothing where it was folded. A
 *     dimension that is left out has its neutral value
 */
record Requests(long count, Map<Dimension, Optional<String>> values) {
    Requests {
        values = Collections.unmodifiableMap(new HashMap<>(values));
    }

    static Requests of(long count) {
        return new Requests(count, Map.of());
    }

    Requests with(Dimension dimension, String value) {
        return set(dimension, Optional.of(value));
    }

    Requests folded(Dimension... dimensions) {
        Requests folded = this;
        for (Dimension dimension : dimensions) {
            folded = folded.set(dimension, Optional.empty());
        }
        return folded;
    }

    private Requests set(Dimension dimension, Optional<String> value) {
        Map<Dimension, Optional<String>> more = new HashMap<>(values);
        more.put(dimension, value);
        return new Requests(count, more);
    }

    /** What is known of them; empty when it was folded. */
    Optional<String> value(Dimension dimension) {
        return values.getOrDefault(dimension, Optional.of(neutral(dimension)));
    }

    private static String neutral(Dimension dimension) {
        return dimension.name().equals("prefix") ? "192.0.2.0/24" : dimension.neutral();
    }

    boolean isFolded(Dimension dimension) {
        return value(dimension).isEmpty();
    }
}

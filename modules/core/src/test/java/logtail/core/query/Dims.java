package logtail.core.query;

import java.util.List;
import java.util.Map;
import java.util.Set;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;

/** The dimensions by name, and an eighth one. */
final class Dims {
    static final Dimension WEBSITE = named("website");
    static final Dimension PREFIX = named("prefix");
    static final Dimension URI = named("uri");
    static final Dimension STATUS = named("status");
    static final Dimension IS_TOR = named("is_tor");
    static final Dimension ASN = named("asn");
    static final Dimension SOURCE_TAG = named("source_tag");

    static final Dimension COUNTRY = new Dimension(
            "country",
            "country",
            ColumnKind.TEXT,
            List.of("geoip_country"),
            "",
            107,
            Map.of(),
            0,
            Set.of(FilterOp.EQ, FilterOp.NE, FilterOp.MATCH, FilterOp.NOT_MATCH));
    static final Schema WITH_COUNTRY = Schema.LOGTAIL.with(COUNTRY);

    private Dims() {}

    private static Dimension named(String name) {
        return Schema.LOGTAIL.named(name).orElseThrow();
    }
}

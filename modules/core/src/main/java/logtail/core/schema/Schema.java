package logtail.core.schema;

import static logtail.core.schema.FilterOp.EQ;
import static logtail.core.schema.FilterOp.GE;
import static logtail.core.schema.FilterOp.GT;
import static logtail.core.schema.FilterOp.LE;
import static logtail.core.schema.FilterOp.LT;
import static logtail.core.schema.FilterOp.MATCH;
import static logtail.core.schema.FilterOp.NE;
import static logtail.core.schema.FilterOp.NOT_MATCH;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The table of dimensions, in the order of FR-1.1: the order of tuple keys, of wire labels and of the bits of
 * fold masks. An eighth dimension is one more entry.
 */
public final class Schema {
    /** Fold masks are 16 bits. */
    public static final int DIMENSIONS_MAX = 16;

    private static final Set<FilterOp> NUMBER_OPERATORS = Set.of(EQ, NE, GT, GE, LT, LE);
    private static final Set<FilterOp> TEXT_OPERATORS = Set.of(EQ, NE, MATCH, NOT_MATCH);
    private static final Set<FilterOp> EQUALITY = Set.of(EQ, NE);

    /** The seven of FR-1.1. */
    public static final Schema LOGTAIL = new Schema(List.of(
            new Dimension(
                    "website",
                    "website",
                    ColumnKind.TEXT,
                    List.of("host"),
                    "",
                    0,
                    Map.of(EQ, 1, MATCH, 6, NOT_MATCH, 11),
                    0,
                    TEXT_OPERATORS),
            new Dimension(
                    "prefix",
                    "client_prefix",
                    ColumnKind.PREFIX,
                    List.of("remote_addr"),
                    "",
                    1,
                    Map.of(EQ, 2),
                    0,
                    EQUALITY),
            new Dimension(
                    "uri",
                    "http_request_uri",
                    ColumnKind.TEXT,
                    List.of("request_uri"),
                    "",
                    2,
                    Map.of(EQ, 3, MATCH, 7, NOT_MATCH, 12),
                    0,
                    TEXT_OPERATORS),
            new Dimension(
                    "status",
                    "http_response",
                    ColumnKind.STATUS,
                    List.of("status"),
                    "0",
                    3,
                    Map.of(EQ, 4),
                    5,
                    NUMBER_OPERATORS),
            new Dimension("is_tor", "is_tor", ColumnKind.FLAG, List.of("is_tor"), "0", 100, Map.of(EQ, 8), 0, EQUALITY),
            new Dimension("asn", "asn", ColumnKind.ASN, List.of("asn"), "0", 4, Map.of(EQ, 9), 10, NUMBER_OPERATORS),
            new Dimension(
                    "source_tag",
                    "ipng_source_tag",
                    ColumnKind.TEXT,
                    List.of("ipng_source_tag"),
                    "",
                    5,
                    Map.of(EQ, 13),
                    0,
                    EQUALITY)));

    private final List<Dimension> dimensions;

    /**
     * @throws IllegalArgumentException for no dimension, too many, or a name or group-by number used twice
     */
    public Schema(List<Dimension> dimensions) {
        this.dimensions = List.copyOf(dimensions);
        if (dimensions.isEmpty() || dimensions.size() > DIMENSIONS_MAX) {
            throw new IllegalArgumentException("a schema has 1 to " + DIMENSIONS_MAX + " dimensions");
        }
        long names = dimensions.stream().map(Dimension::name).distinct().count();
        long numbers = dimensions.stream()
                .mapToInt(Dimension::groupByNumber)
                .distinct()
                .count();
        if (names != dimensions.size() || numbers != dimensions.size()) {
            throw new IllegalArgumentException("two dimensions share a name or a group-by number");
        }
    }

    /** This schema with one more dimension at its end. */
    public Schema with(Dimension dimension) {
        List<Dimension> more = new ArrayList<>(dimensions);
        more.add(dimension);
        return new Schema(more);
    }

    public List<Dimension> dimensions() {
        return dimensions;
    }

    public int size() {
        return dimensions.size();
    }

    public Dimension get(int index) {
        return dimensions.get(index);
    }

    /**
     * Position of a dimension in tuples.
     *
     * @throws IllegalArgumentException when it is not of this schema
     */
    public int indexOf(Dimension dimension) {
        int index = dimensions.indexOf(dimension);
        if (index < 0) {
            throw new IllegalArgumentException("no dimension " + dimension.name());
        }
        return index;
    }

    /** The dimension of that short name. */
    public Optional<Dimension> named(String name) {
        return dimensions.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** The dimension of that value in the wire enum {@code GroupBy}. */
    public Optional<Dimension> ofGroupByNumber(int number) {
        return dimensions.stream().filter(d -> d.groupByNumber() == number).findFirst();
    }

    /** Fold mask of a row in which every dimension is folded. */
    public int allFolded() {
        return (1 << size()) - 1;
    }
}

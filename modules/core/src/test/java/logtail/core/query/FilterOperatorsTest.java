package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.store.View;
import logtail.core.time.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator of every dimension (FR-5.2), on values where it could go wrong. */
class FilterOperatorsTest {
    private static final List<String> SITES =
            List.of("", "a.example", "b.example", "A.example", "(other)", "\\(other)");
    private static final List<String> URIS = List.of("", "/", "/api/v1", "/x/api/", "/ü", "/index.php");
    private static final List<String> CIDRS = List.of("192.0.2.0/24", "192.0.2.0/25", "2001:db8::/48", "2001:db8::/32");
    private static final List<String> STATUSES = List.of("0", "99", "399", "400", "401", "9999");
    private static final List<String> FLAGS = List.of("0", "1");
    private static final List<String> ASNS = List.of("0", "64496", "2147483648", "4200000000", "4294967295");
    private static final List<String> TAGS = List.of("", "direct", "direct2");

    static Stream<Arguments> questions() {
        return Stream.of(
                ask(Dims.WEBSITE, SITES, "=", "a.example", "a.example"),
                ask(Dims.WEBSITE, SITES, "=", "", ""),
                ask(Dims.WEBSITE, SITES, "=", "nobody.example"),
                ask(Dims.WEBSITE, SITES, "=", "\\(other)", "\\(other)"),
                ask(Dims.WEBSITE, SITES, "=", "\\\\(other)", "\\\\(other)"),
                ask(Dims.WEBSITE, SITES, "!=", "\\(other)", "", "a.example", "b.example", "A.example", "\\\\(other)"),
                ask(Dims.WEBSITE, SITES, "!=", "", "a.example", "b.example", "A.example", "\\(other)", "\\\\(other)"),
                ask(Dims.WEBSITE, SITES, "IN", "b.example,nobody,\\(other)", "b.example", "\\(other)"),
                ask(Dims.WEBSITE, SITES, "NOT IN", "b.example,,\\(other)", "a.example", "A.example", "\\\\(other)"),
                ask(Dims.WEBSITE, SITES, "~=", "^a|^b", "a.example", "b.example"),
                ask(Dims.WEBSITE, SITES, "~=", "(?i)^A\\.", "a.example", "A.example"),
                ask(Dims.WEBSITE, SITES, "~=", "^\\(other\\)$", "\\(other)"),
                ask(Dims.WEBSITE, SITES, "~=", "^$", ""),
                ask(Dims.WEBSITE, SITES, "!~=", "e", ""),
                ask(Dims.WEBSITE, SITES, "!~=", "[a-z].ex|other", "", "A.example"),
                ask(Dims.URI, URIS, "=", "/ü", "/ü"),
                ask(Dims.URI, URIS, "!=", "/", "", "/api/v1", "/x/api/", "/ü", "/index.php"),
                ask(Dims.URI, URIS, "~=", "^/api/", "/api/v1"),
                ask(Dims.URI, URIS, "~=", "/api/", "/api/v1", "/x/api/"),
                ask(Dims.URI, URIS, "~=", "^/.$", "/ü"),
                ask(Dims.URI, URIS, "~=", "\\.php$", "/index.php"),
                ask(Dims.URI, URIS, "~=", ".*", "", "/", "/api/v1", "/x/api/", "/ü", "/index.php"),
                ask(Dims.URI, URIS, "!~=", "^/", ""),
                ask(Dims.PREFIX, CIDRS, "=", "192.0.2.99/24", "192.0.2.0/24", "192.0.2.0/25"),
                ask(Dims.PREFIX, CIDRS, "=", "2001:0db8:0000::/48", "2001:db8::/48"),
                ask(Dims.PREFIX, CIDRS, "=", "::ffff:192.0.2.0/25", "192.0.2.0/25"),
                ask(Dims.PREFIX, CIDRS, "=", "2001:db8::/32", "2001:db8::/48", "2001:db8::/32"),
                ask(Dims.PREFIX, CIDRS, "=", "::/0", "2001:db8::/48", "2001:db8::/32"),
                ask(Dims.PREFIX, CIDRS, "=", "192.0.0.0/22", "192.0.2.0/24", "192.0.2.0/25"),
                ask(Dims.PREFIX, CIDRS, "=", "192.0.0.0/23"),
                ask(Dims.PREFIX, CIDRS, "!=", "192.0.2.0/24", "2001:db8::/48", "2001:db8::/32"),
                ask(Dims.PREFIX, CIDRS, "IN", "192.0.2.0/25,2001:db8::/33", "192.0.2.0/25", "2001:db8::/48"),
                ask(Dims.PREFIX, CIDRS, "NOT IN", "192.0.2.0/25,2001:db8::/33", "192.0.2.0/24", "2001:db8::/32"),
                ask(Dims.STATUS, STATUSES, "=", "400", "400"),
                ask(Dims.STATUS, STATUSES, "=", "0", "0"),
                ask(Dims.STATUS, STATUSES, "!=", "400", "0", "99", "399", "401", "9999"),
                ask(Dims.STATUS, STATUSES, "=", "4xx", "400", "401"),
                ask(Dims.STATUS, STATUSES, "!=", "4XX", "0", "99", "399", "9999"),
                ask(Dims.STATUS, STATUSES, "IN", "4xx,99,401,3xx", "99", "399", "400", "401"),
                ask(Dims.STATUS, STATUSES, "NOT IN", "4xx,99,3xx", "0", "9999"),
                ask(Dims.STATUS, STATUSES, ">", "400", "401", "9999"),
                ask(Dims.STATUS, STATUSES, ">", "9999"),
                ask(Dims.STATUS, STATUSES, ">=", "400", "400", "401", "9999"),
                ask(Dims.STATUS, STATUSES, "<", "400", "0", "99", "399"),
                ask(Dims.STATUS, STATUSES, "<", "0"),
                ask(Dims.STATUS, STATUSES, "<=", "400", "0", "99", "399", "400"),
                ask(Dims.IS_TOR, FLAGS, "=", "1", "1"),
                ask(Dims.IS_TOR, FLAGS, "=", "0", "0"),
                ask(Dims.IS_TOR, FLAGS, "!=", "1", "0"),
                ask(Dims.IS_TOR, FLAGS, "!=", "0", "1"),
                ask(Dims.IS_TOR, FLAGS, "IN", "0,1", "0", "1"),
                ask(Dims.IS_TOR, FLAGS, "NOT IN", "0,1"),
                ask(Dims.ASN, ASNS, "=", "4200000000", "4200000000"),
                ask(Dims.ASN, ASNS, "!=", "0", "64496", "2147483648", "4200000000", "4294967295"),
                ask(Dims.ASN, ASNS, ">", "64496", "2147483648", "4200000000", "4294967295"),
                ask(Dims.ASN, ASNS, ">", "4294967295"),
                ask(Dims.ASN, ASNS, ">=", "4200000000", "4200000000", "4294967295"),
                ask(Dims.ASN, ASNS, "<", "4200000000", "0", "64496", "2147483648"),
                ask(Dims.ASN, ASNS, "<=", "2147483647", "0", "64496"),
                ask(Dims.ASN, ASNS, "IN", "4294967295,0,1", "0", "4294967295"),
                ask(Dims.ASN, ASNS, "NOT IN", "4294967295,0,1", "64496", "2147483648", "4200000000"),
                ask(Dims.SOURCE_TAG, TAGS, "IN", "direct,", "direct", ""),
                ask(Dims.SOURCE_TAG, TAGS, "=", "direct", "direct"),
                ask(Dims.SOURCE_TAG, TAGS, "=", "", ""),
                ask(Dims.SOURCE_TAG, TAGS, "!=", "direct", "", "direct2"),
                ask(Dims.COUNTRY, TAGS, "=", "direct", "direct"),
                ask(Dims.COUNTRY, TAGS, "!=", "direct", "", "direct2"),
                ask(Dims.COUNTRY, TAGS, "~=", "2$", "direct2"),
                ask(Dims.COUNTRY, TAGS, "!~=", "2$", "", "direct"));
    }

    private static Arguments ask(
            Dimension dimension, List<String> values, String symbol, String operand, String... expected) {
        return Arguments.of(dimension, FilterOp.ofSymbol(symbol).orElseThrow(), operand, values, List.of(expected));
    }

    @ParameterizedTest(name = "{0} {1} {2} of {3} lets {4} through")
    @MethodSource("questions")
    void filter_letsThrough(
            Dimension dimension, FilterOp op, String operand, List<String> values, List<String> expected) {
        Requests[] requests =
                values.stream().map(v -> Requests.of(1).with(dimension, v)).toArray(Requests[]::new);
        View view = new ViewBuilder(Dims.WITH_COUNTRY, 60).fine(0, requests).build();
        Term term =
                op.isList() ? Term.of(dimension, op, List.of(operand.split(",", -1))) : Term.of(dimension, op, operand);
        Filter filter = Filter.ALL.and(term);

        TopNAnswer answer = Queries.topN(view, new TopNQuery(filter, List.of(dimension), 100, Window.W1M), () -> false);

        assertThat(answer.rows().stream().map(row -> row.labels().get(0)))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(answer.total()).isEqualTo(expected.size());
        assertThat(answer.exact()).isTrue();
    }

    @Test
    void everyOperatorOfEveryDimension_isAskedAbove() {
        Set<String> asked = questions()
                .filter(q -> !((FilterOp) q.get()[1]).isList())
                .map(q -> q.get()[0] + " " + q.get()[1])
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = Dims.WITH_COUNTRY.dimensions().stream()
                .flatMap(d -> d.operators().stream().map(op -> d + " " + op))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked).isEqualTo(known);
    }
}

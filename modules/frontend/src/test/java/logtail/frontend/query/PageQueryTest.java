package logtail.frontend.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.query.TopNQuery;
import logtail.core.query.lang.Expression;
import logtail.core.query.lang.ExpressionException;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import logtail.core.time.Window;
import logtail.frontend.Hostile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageQueryTest {
    static final PageDefaults DEFAULTS = PageDefaults.of(Schema.LOGTAIL, 25, TopNQuery.ROWS_MAX, 30, 1_024);
    private static final PageQuery START = PageQuery.start(DEFAULTS);

    static Term term(String dimension, FilterOp op, String operand) {
        return Term.of(Schema.LOGTAIL.named(dimension).orElseThrow(), op, operand);
    }

    private static PageQuery.Parsed parse(String url) {
        return PageQuery.parse(url.substring(url.indexOf('?') + 1), DEFAULTS);
    }

    private static PageQuery good(String query) {
        PageQuery.Parsed parsed = parse(query);
        assertThat(parsed.problems()).as(query).isEmpty();
        return parsed.query();
    }

    @Test
    void shouldComeBackFromItsUrl_whateverTheFiltersHold() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            PageQuery page = any(random);
            String url = page.url();

            PageQuery read = good(url.equals("/") ? "" : url);

            assertThat(read.url()).isEqualTo(url);
            assertThat(read.terms()).containsExactlyElementsOf(page.terms());
            assertThat(read.target()).isEqualTo(page.target());
            assertThat(read.window()).isEqualTo(page.window());
            assertThat(read.by()).isEqualTo(page.by());
            assertThat(read.n()).isEqualTo(page.n());
            assertThat(read.raw()).isEqualTo(page.raw());
            assertThat(read.refreshSeconds()).isEqualTo(page.refreshSeconds());
        }
    }

    /** Characters that could end an attribute, a header or a parameter stand in no URL. */
    @Test
    void shouldBePlainAsciiWithoutAnythingThatEndsSomething() {
        Random random = new Random(2);
        for (int i = 0; i < 500; i++) {
            assertThat(any(random).url()).matches("/(\\?[A-Za-z0-9&=%._~/:,*-]+)?");
        }
    }

    @Test
    void shouldHaveOneOrder_whateverOrderTheParametersCameIn() {
        List<String> parameters = new ArrayList<>(List.of(
                "target=nginx1:9090",
                "w=1m",
                "by=uri",
                "n=7",
                "raw=1",
                "refresh=5",
                "f_website=a",
                "f_prefix=192.0.2.0/24",
                "f_uri=/",
                "f_status=%3E%3D400",
                "f_is_tor=1",
                "f_asn=%21%3D0",
                "f_source_tag=direct",
                "f_website_re=x",
                "f_website_re_neg=y",
                "f_uri_re=z",
                "f_uri_re_neg=w"));
        String canonical = "/?" + String.join("&", parameters);
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(parameters, random);

            assertThat(good(String.join("&", parameters)).url())
                    .hasToString(good(canonical).url());
        }
        assertThat(good(canonical).parameters().keySet())
                .startsWith("target", "w", "by", "n", "raw", "refresh", "f_website", "f_prefix", "f_uri")
                .hasSize(17);
    }

    @Test
    void shouldLeaveOutWhatIsDefault() {
        assertThat(good("w=5m&by=website&n=25&refresh=30&raw=0&target=").url()).isEqualTo("/");
    }

    @Test
    void shouldReadTheDocumentedExample() {
        PageQuery page = good("w=15m&by=prefix&f_status=%3E=400&f_website_re=gouda.*&utm_source=mail");

        assertThat(page.window()).isEqualTo(Window.W15M);
        assertThat(page.by().name()).isEqualTo("prefix");
        assertThat(page.terms())
                .containsExactly(term("status", FilterOp.GE, "400"), term("website", FilterOp.MATCH, "gouda.*"));
        assertThat(page.url()).isEqualTo("/?w=15m&by=prefix&f_status=%3E%3D400&f_website_re=gouda.*");
    }

    @ParameterizedTest
    @CsvSource({
        "f_status=404, EQ, 404",
        "f_status==404, EQ, 404",
        "f_status=!%3D404, NE, 404",
        "f_status=>404, GT, 404",
        "f_status=>%3D404, GE, 404",
        "f_status=<404, LT, 404",
        "f_status=<%3D404, LE, 404",
        "f_asn=4200000000, EQ, 4200000000",
        "f_is_tor=1, EQ, 1",
        "f_is_tor=!%3D0, NE, 0",
        "f_website=!%3D404, EQ, !=404",
        "f_uri_re_neg=^/a, NOT_MATCH, ^/a"
    })
    void shouldReadOperators(String query, FilterOp op, String operand) {
        Term term = good(query).terms().iterator().next();

        assertThat(term.op()).isEqualTo(op);
        assertThat(term.operand()).isEqualTo(operand);
    }

    @Test
    void shouldTellAnEmptyTextFromNoFilter() {
        assertThat(good("f_source_tag=").terms()).containsExactly(term("source_tag", FilterOp.EQ, ""));
        assertThat(good("f_status=&f_prefix=&f_uri_re=").terms()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "w=7m",
                "by=is_tor",
                "by=nonsense",
                "n=0",
                "n=-1",
                "n=1e3",
                "n=\u0661",
                "f_websit=a",
                "f_prefix=192.0.2.0",
                "f_prefix=192.0.2.0/33",
                "f_status=abc",
                "f_status=>>5",
                "f_asn=-1",
                "f_is_tor=2",
                "f_website_re=(",
                "f_website=a&f_website=b",
                "f_q=status%3E%3E5",
                "f_q=asn=1 OR asn=2"
            })
    void shouldSayWhatMakesNoSense_andDropIt(String query) {
        PageQuery.Parsed parsed = parse(query);

        assertThat(parsed.problems()).hasSize(1);
        assertThat(parsed.problems().get(0).name()).isEqualTo(query.substring(0, query.indexOf('=')));
        assertThat(parsed.problems().get(0).message()).isNotBlank();
        assertThat(parsed.query().url()).isEqualTo(query.startsWith("f_website=a") ? "/?f_website=a" : "/");
    }

    /** D29. */
    @ParameterizedTest
    @CsvSource({"n=50001, /?n=50000", "n=99999999999999999999, /?n=50000", "n=0025, /", "refresh=86401, /?refresh=86400"
    })
    void shouldCutWhatIsTooMuch(String query, String url) {
        assertThat(good(query).url()).isEqualTo(url);
    }

    @Test
    void shouldRefuseALongRegex() {
        assertThat(parse("f_uri_re=" + "a".repeat(1_025)).problems()).hasSize(1);
        assertThat(good("f_uri_re=" + "a".repeat(1_024)).terms()).hasSize(1);
    }

    /** FR-6.3. */
    @Test
    void shouldDrillDownAlongTheCycle() {
        List<String> cycle = new ArrayList<>();
        PageQuery page = START;
        for (Term value : List.of(
                term("website", FilterOp.EQ, "www.example.org"),
                term("prefix", FilterOp.EQ, "192.0.2.0/24"),
                term("uri", FilterOp.EQ, "/a"),
                term("status", FilterOp.EQ, "404"),
                term("asn", FilterOp.EQ, "64496"),
                term("source_tag", FilterOp.EQ, "direct"))) {
            page = page.drillDown(value);
            cycle.add(page.by().name());
        }

        assertThat(cycle).containsExactly("prefix", "uri", "status", "asn", "source_tag", "website");
        assertThat(page.url())
                .isEqualTo("/?f_website=www.example.org&f_prefix=192.0.2.0/24&f_uri=/a&f_status=404"
                        + "&f_asn=64496&f_source_tag=direct");
    }

    @Test
    void shouldReplaceAFilterOfTheSameParameter() {
        PageQuery page = good("f_status=%3E%3D400").with(term("status", FilterOp.EQ, "429"));

        assertThat(page.url()).isEqualTo("/?f_status=429");
    }

    /** What the parameters of the original cannot say shares one of ours. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "status>=400 AND website~=gouda.*        | /?f_status=%3E%3D400&f_website_re=gouda.*",
                "status=5xx AND prefix=10.0.0.0/8        | /?f_prefix=10.0.0.0/8&f_status=5xx",
                "website!=a                              | /?f_q=website%21%3Da",
                "status>=500 AND status<600 AND asn=1    | /?f_status=%3E%3D500&f_asn=1&f_q=status%3C600",
                "website IN (b, a) AND uri=/             | /?f_uri=/&f_q=website%20IN%20%28a,%20b%29",
                "''                                      | /"
            })
    void shouldHoldWhateverAnExpressionSays(String typed, String url) throws ExpressionException {
        Filter filter = Expression.parse(typed, DEFAULTS.schema());

        PageQuery page = good("f_website=before&f_q=asn!%3D7").withTerms(filter);

        assertThat(page.url()).isEqualTo(url);
        assertThat(good(url.substring(1).replaceFirst("^\\?", "")).url()).isEqualTo(url);
        assertThat(page.filter().terms()).containsExactlyInAnyOrderElementsOf(filter.terms());
    }

    @Test
    void shouldGiveAConditionItsOwnParameter_whenThatIsFree() {
        assertThat(good("f_q=status%3D200 AND website!=a").url()).isEqualTo("/?f_status=200&f_q=website%21%3Da");
        PageQuery page = good("f_status=>%3D500&f_q=status<600");

        assertThat(page.without(term("status", FilterOp.GE, "500")).url()).isEqualTo("/?f_status=%3C600");
        assertThat(page.without(term("status", FilterOp.LT, "600")).url()).isEqualTo("/?f_status=%3E%3D500");
        assertThat(page.with(term("status", FilterOp.EQ, "503")).url()).isEqualTo("/?f_status=503&f_q=status%3C600");
        assertThat(page.withoutTerms().url()).isEqualTo("/");
    }

    @Test
    void shouldRefuseTwoExpressions_andOneThatNoNodeTakes() {
        assertThat(parse("f_q=asn=1&f_q=asn=2").problems()).hasSize(1);
        assertThat(parse("f_q=uri~%3D" + "a".repeat(1_025)).problems()).hasSize(1);
    }

    @Test
    void shouldLoseExactlyTheFilterThatIsRemoved() {
        PageQuery page = good("w=1m&f_website=a&f_status=429&f_website_re=b");

        assertThat(page.without(term("website", FilterOp.EQ, "a")).url())
                .isEqualTo("/?w=1m&f_status=429&f_website_re=b");
        assertThat(page.withoutTerms().url()).isEqualTo("/?w=1m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&&&", "=", "=a", "?", "%", "f", "q", "&=&", "raw", "%f_website=%"})
    void shouldSurviveAnyQueryString(String query) {
        assertThat(PageQuery.parse(query, DEFAULTS).query().url()).isEqualTo("/");
        assertThat(PageQuery.parse(null, DEFAULTS).query().url()).isEqualTo("/");
    }

    private static PageQuery any(Random random) {
        PageQuery page = START.withWindow(pick(random, List.of(Window.values())))
                .withBy(pick(random, DEFAULTS.groups()))
                .withN(1 + random.nextInt(TopNQuery.ROWS_MAX))
                .withRaw(random.nextBoolean())
                .withRefresh(random.nextInt(100));
        if (random.nextBoolean()) {
            page = page.withTarget(pick(random, List.of("nginx1:9090", "[2001:db8::1]:9090", "a b&c=d")));
        }
        for (FilterParam param : DEFAULTS.params()) {
            if (random.nextInt(3) == 0) {
                page = page.with(any(random, param));
            }
        }
        if (random.nextBoolean()) {
            page = page.with(term("website", FilterOp.NE, pick(random, Hostile.LABELS)));
        }
        return page;
    }

    static Term any(Random random, FilterParam param) {
        Dimension dimension = param.dimension();
        FilterOp op = pick(random, List.copyOf(param.operators()));
        if (op == FilterOp.MATCH || op == FilterOp.NOT_MATCH) {
            return Term.of(dimension, op, pick(random, List.of("^/a b+", "\"|'", "[^ ]AND\\s", "(?i)x&y=z")));
        }
        return switch (dimension.kind()) {
            case TEXT -> Term.of(dimension, op, pick(random, Hostile.LABELS));
            case PREFIX -> Term.of(dimension, op, pick(random, List.of("192.0.2.0/24", "2001:db8::/48", "0.0.0.0/0")));
            case STATUS -> Term.of(dimension, op, Integer.toString(random.nextInt(1_000)));
            case FLAG -> Term.of(dimension, op, Integer.toString(random.nextInt(2)));
            case ASN -> Term.of(dimension, op, Integer.toUnsignedString(random.nextInt()));
        };
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

package logtail.frontend.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import logtail.core.schema.FilterOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final PageQuery START = PageQuery.start(PageQueryTest.DEFAULTS);

    /** FR-6.6. */
    @Test
    void shouldReadTheDocumentedExample() throws ExpressionException {
        assertThat(Expression.apply("status>=400 AND website~=gouda.*", START).url())
                .isEqualTo("/?f_status=%3E%3D400&f_website_re=gouda.*");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "status=404|/?f_status=404",
                "  status  !=  404  |/?f_status=%21%3D404",
                "asn<=65535 and is_tor=0|/?f_is_tor=0&f_asn=%3C%3D65535",
                "uri~=^/api/ And uri!~=health|/?f_uri_re=%5E/api/&f_uri_re_neg=health",
                "prefix=2001:DB8::/48|/?f_prefix=2001:db8::/48",
                "uri=\"/a b\"|/?f_uri=/a%20b",
                "source_tag=\"\"|/?f_source_tag=",
                "uri=\"a\\\"b\\\\c\\d\"|/?f_uri=a%22b%5Cc%5Cd",
                "uri=/x=y>z|/?f_uri=/x%3Dy%3Ez"
            },
            delimiter = '|')
    void shouldRead(String text, String url) throws ExpressionException {
        assertThat(Expression.apply(text, START).url()).isEqualTo(url);
    }

    @Test
    void shouldTakeThePlaceOfTheFilters_andKeepTheRest() throws ExpressionException {
        PageQuery page = PageQuery.parse("w=1m&by=uri&n=3&f_website=a&f_asn=1", PageQueryTest.DEFAULTS)
                .query();

        assertThat(Expression.apply("status=200", page).url()).isEqualTo("/?w=1m&by=uri&n=3&f_status=200");
        assertThat(Expression.apply("  ", page).url()).isEqualTo("/?w=1m&by=uri&n=3");
    }

    @Test
    void shouldComeBackFromItsText_whateverTheFiltersHold() throws ExpressionException {
        Random random = new Random(4);
        for (int i = 0; i < 1_000; i++) {
            PageQuery page = START;
            for (FilterParam param : PageQueryTest.DEFAULTS.params()) {
                if (random.nextInt(3) == 0) {
                    page = page.with(PageQueryTest.any(random, param));
                }
            }

            String text = Expression.of(page.terms());

            assertThat(Expression.apply(text, START).url()).as(text).isEqualTo(page.url());
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "status>>400|7|\">400\" is not a number",
                "AND|0|expected one of website, prefix, uri, status, is_tor, asn, source_tag",
                "(((|0|expected one of website",
                "status|6|expected one of !~= ~= != >= <= > < =",
                "status=|7|expected a value",
                "status=abc|7|not a number",
                "websit=a|0|expected one of website",
                "website=a website=b|10|expected AND",
                "website=a OR website=b|10|expected AND",
                "website=a AND website=b|14|a second condition of the same kind on website",
                "website=a AND|13|expected one of website",
                "website!=a|0|website: takes = ~= !~= here, not !=",
                "source_tag~=a|12|takes = !=",
                "uri~=(|5|missing closing )",
                "uri=\"a|4|never closed",
                "prefix=10.0.0.1|7|"
            },
            delimiter = '|')
    void shouldSayWhereItStopsMakingSense(String text, int column, String message) {
        ExpressionException error =
                catchThrowableOfType(ExpressionException.class, () -> Expression.apply(text, START));

        assertThat(error).hasMessageContaining(message == null ? "" : message);
        assertThat(error.column()).isEqualTo(column);
    }

    @ParameterizedTest
    @ValueSource(ints = {Expression.CHARS_MAX + 1, 1 << 20})
    void shouldRefuseWhatIsTooLong(int length) {
        assertThatThrownBy(() -> Expression.apply("a".repeat(length), START))
                .isInstanceOf(ExpressionException.class)
                .hasMessageContaining("longer than");
    }

    @Test
    void shouldWriteOneConditionAsItIsTyped() {
        assertThat(Expression.of(PageQueryTest.term("status", FilterOp.GE, "400")))
                .isEqualTo("status>=400");
        assertThat(Expression.of(PageQueryTest.term("uri", FilterOp.EQ, "/a b")))
                .isEqualTo("uri=\"/a b\"");
    }
}

package logtail.core.query.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import logtail.core.query.Filter;
import logtail.core.query.Term;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import logtail.core.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    private static final Dimension WEBSITE = Schema.LOGTAIL.get(0);
    private static final Dimension STATUS = Schema.LOGTAIL.named("status").orElseThrow();

    /** FR-6.6. */
    @Test
    void shouldReadTheDocumentedExample() throws ExpressionException {
        assertThat(parse("status>=400 AND website~=gouda.*").terms())
                .containsExactly(Term.of(STATUS, FilterOp.GE, "400"), Term.of(WEBSITE, FilterOp.MATCH, "gouda.*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n\u00a0"})
    void shouldLetEverythingThrough_whenNothingIsAsked(String text) throws ExpressionException {
        assertThat(parse(text)).isEqualTo(Filter.ALL);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '¦',
            value = {
                "status=404¦status=404",
                "  status  !=  0404  ¦status!=404",
                "status>=500 AND status<600¦status>=500 AND status<600",
                "status=5XX AND status!=501¦status=5xx AND status!=501",
                "status in (5xx, 404 ,404,0429)¦status IN (404, 429, 5xx)",
                "status not IN(200)¦status!=200",
                "NOT status=200¦status!=200",
                "not status>=500 and NOT uri~=^/api¦status<500 AND uri!~=^/api",
                "NOT website NOT IN (b, a)¦website IN (a, b)",
                "NOT website IN (b, a)¦website NOT IN (a, b)",
                "asn<=65535 and is_tor=0¦asn<=65535 AND is_tor=0",
                "is-tor!=1 && source-tag=direct¦is_tor!=1 AND source_tag=direct",
                "Host=a.example¦",
                "WEBSITE=a.example¦website=a.example",
                "client_prefix=10.1.2.3/8¦prefix=10.0.0.0/8",
                "http_response=200 AND ipng_source_tag!=x¦status=200 AND source_tag!=x",
                "prefix != 2001:DB8::/48¦prefix!=2001:db8::/48",
                "prefix IN (10.0.0.0/8, ::/0)¦prefix IN (10.0.0.0/8, ::/0)",
                "uri~=^/(a|b),c$¦uri~=^/(a|b),c$",
                "uri =~ ^/a¦uri~=^/a",
                "uri ~ ^/a AND uri !~ b¦uri~=^/a AND uri!~=b",
                "status==200 AND status<>404¦status=200 AND status!=404",
                "uri=\"/a b\"¦uri=\"/a b\"",
                "uri='/a \"b\"'¦uri=\"/a \\\"b\\\"\"",
                "source_tag=''¦source_tag=\"\"",
                "uri=\"a\\\"b\\\\c\\d\"¦uri=a\"b\\c\\d",
                "uri=/x=y>z¦uri=/x=y>z",
                "uri=\"=x\"¦uri=\"=x\"",
                "website IN (\"a,b\", \"c)\", 'd e')¦website IN (\"a,b\", \"c)\", \"d e\")",
                "website=AND AND uri=OR¦website=AND AND uri=OR",
                "website=a AND website=a¦website=a",
                "uri=\"/a\"AND status=200¦uri=/a AND status=200"
            })
    void shouldRead(String text, String canonical) throws ExpressionException {
        if (canonical == null) {
            assertThat(error(text)).hasMessageContaining("expected one of website");
        } else {
            assertThat(Expression.print(parse(text).terms())).isEqualTo(canonical);
        }
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '¦',
            value = {
                "status>>400¦8¦\">400\" is not a number from 0 to 9999",
                "AND¦1¦expected one of website, prefix, uri, status, is_tor, asn, source_tag",
                "(website=a)¦1¦source_tag; conditions are not grouped",
                "websit=a¦1¦source_tag, did you mean website?",
                "frobnicate=a¦1¦the nearest is",
                "status¦7¦expected one of = != > >= < <= IN",
                "status of 200¦8¦expected one of = != > >= < <= IN",
                "status=¦8¦expected a value; an empty one is \"\"",
                "status=abc¦8¦\"abc\" is not a number from 0 to 9999",
                "status=5xy¦8¦\"5xy\" is not a number",
                "status=0xx¦8¦\"0xx\" is not a number",
                "status>=5xx¦9¦5xx is a class of statuses, and takes = and !=, not >=",
                "website=a website=b¦11¦expected AND",
                "website=a OR website=b¦11¦all conditions have to hold, there is no OR; one of several values is written website IN (a.example, b.example)",
                "website=a || website=b¦11¦there is no OR",
                "website=a AND¦14¦expected one of website",
                "website>a¦8¦website takes = != ~= !~= IN, not >",
                "NOT website>a¦12¦website takes = != ~= !~= IN, not >",
                "source_tag~=a¦11¦source_tag takes = != IN, not ~=",
                "uri~=a(¦6¦missing closing )",
                "uri=\"a¦5¦this quote is never closed",
                "uri='a\"¦5¦this quote is never closed",
                "prefix=10.0.0.1¦8¦is not an address with a prefix length",
                "website=(other)¦9¦(other) is unknown, not a value",
                "website IN a¦12¦expected ( and a list of values",
                "website IN ()¦13¦expected a value",
                "website IN (a¦14¦expected , or )",
                "website IN (a b)¦15¦expected , or )",
                "website IN (a,)¦15¦expected a value",
                "website NOT a¦9¦expected one of = != ~= !~= IN",
                "status IN (200, abc)¦17¦\"abc\" is not a number",
                "ü=😀 x¦1¦expected one of",
                "website=😀 x¦11¦expected AND"
            })
    void shouldSayWhereItStopsMakingSense(String text, int column, String message) {
        ExpressionException error = error(text);

        assertThat(error).hasMessageContaining(message);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error.line()).endsWith(" at column " + column);
    }

    @Test
    void shouldRefuseWhatIsTooMuch() {
        assertThat(error("a".repeat(Expression.CHARS_MAX + 1))).hasMessageContaining("longer than 32768 characters");
        assertThat(error(conditions(Expression.CONDITIONS_MAX + 1))).hasMessageContaining("more than 64 conditions");
        assertThat(error("asn IN (" + numbers(Term.VALUES_MAX + 1) + ")"))
                .hasMessageContaining("a list has 1 to 1000 values, not 1001");
        // Short as it is typed, too long as it would be sent.
        assertThat(error("source_tag=='" + "\"".repeat(20_000) + " '")).hasMessageContaining("written out");
    }

    @Test
    void shouldTakeAsMuchAsItSays() throws ExpressionException {
        assertThat(parse(conditions(Expression.CONDITIONS_MAX)).terms()).hasSize(Expression.CONDITIONS_MAX);
        assertThat(parse("asn IN (" + numbers(Term.VALUES_MAX) + ")")
                        .terms()
                        .get(0)
                        .operands())
                .hasSize(Term.VALUES_MAX);
    }

    private static String conditions(int count) {
        return IntStream.range(0, count).mapToObj(i -> "asn!=" + i).collect(Collectors.joining(" AND "));
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldComeBackFromItsText_whateverItHolds(long seed) throws ExpressionException {
        AnyFilter any = new AnyFilter(seed);
        for (int i = 0; i < 500; i++) {
            Filter filter = any.next();

            String text = Expression.print(filter.terms());
            Filter again = parse(text);

            assertThat(again).as(text).isEqualTo(filter);
            assertThat(Expression.print(again.terms())).isEqualTo(text);
        }
    }

    /** Random bytes, and valid texts with something changed in them. */
    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadOrPointIntoTheText_whateverIsTyped(long seed) {
        Random random = new Random(seed);
        AnyFilter any = new AnyFilter(seed);
        int read = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = i % 4 == 0
                    ? noise(random)
                    : spoilt(random, Expression.print(any.next().terms()));
            try {
                Filter filter = parse(text);
                assertThat(parse(Expression.print(filter.terms()))).as(text).isEqualTo(filter);
                read++;
            } catch (ExpressionException e) {
                assertThat(e.offset()).as(text).isBetween(0, text.length());
                assertThat(e.column()).as(text).isBetween(1, text.codePointCount(0, text.length()) + 1);
                assertThat(e.line()).doesNotContain("\n").hasSizeLessThan(500);
            }
        }
        assertThat(read).isGreaterThan(100);
    }

    private static String noise(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return new String(bytes, random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16);
    }

    private static String spoilt(Random random, String text) {
        StringBuilder spoilt = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0 && spoilt.length() > 0; i--) {
            int at = random.nextInt(spoilt.length());
            switch (random.nextInt(3)) {
                case 0 -> spoilt.deleteCharAt(at);
                case 1 -> spoilt.insert(at, spoilt.charAt(random.nextInt(spoilt.length())));
                default -> spoilt.setCharAt(at, (char) random.nextInt(256));
            }
        }
        return spoilt.toString();
    }

    @Test
    void shouldReadLists_asConditionsThatAreEqualWhenTheyAskTheSame() throws ExpressionException {
        assertThat(parse("website IN (b, a, b)").terms())
                .containsExactly(Term.of(WEBSITE, FilterOp.IN, List.of("a", "b")));
        assertThat(parse("NOT status IN (5xx)").terms()).containsExactly(Term.of(STATUS, FilterOp.NE, "5xx"));
    }

    private static Filter parse(String text) throws ExpressionException {
        return Expression.parse(text, Schema.LOGTAIL);
    }

    private static ExpressionException error(String text) {
        return catchThrowableOfType(ExpressionException.class, () -> parse(text));
    }
}

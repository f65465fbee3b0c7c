package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import logtail.core.schema.Dimension;
import logtail.core.schema.FilterOp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.77/24, 192.0.2.0/24",
        "::ffff:192.0.2.1/24, 192.0.2.0/24",
        "2001:0DB8:0:0::1/48, 2001:db8::/48",
        "2001:db8::%eth0/32, 2001:db8::/32",
        "10.0.0.0/024, 10.0.0.0/24"
    })
    void prefixInAnySpelling_isCanonical(String spelling, String canonical) {
        assertThat(Term.of(Dims.PREFIX, FilterOp.EQ, spelling).operand()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10.0.0.1", "10.0.0.0/33", "10.0.0/8", "example.org/24", "10.0.0.0/-1", "10.0.0.0/"})
    void whatIsNoPrefix_isRefused(String operand) {
        assertInvalid(
                Dims.PREFIX,
                FilterOp.EQ,
                operand,
                "prefix: \"" + operand
                        + "\" is not an address with a prefix length, as in 192.0.2.0/24 or 2001:db8::/48");
    }

    @ParameterizedTest
    @CsvSource({"asn, 0007, 7", "asn, 4294967295, 4294967295", "status, 099, 99", "is_tor, 1, 1"})
    void number_losesLeadingZerosOnly(String name, String operand, String canonical) {
        assertThat(Term.of(dimension(name), FilterOp.EQ, operand).operand()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-1", "+1", " 200", "2e2", "0x1f", "10000", "٢٠٠", "99999999999999999999"})
    void whatIsNoStatus_isRefused(String operand) {
        assertInvalid(Dims.STATUS, FilterOp.GE, operand, "status: \"" + operand + "\" is not a number from 0 to 9999");
    }

    @Test
    void asnBeyond32Bits_isRefused() {
        assertInvalid(Dims.ASN, FilterOp.EQ, "4294967296", "asn: \"4294967296\" is not a number from 0 to 4294967295");
    }

    @Test
    void flagOtherThanZeroAndOne_isRefused() {
        assertInvalid(Dims.IS_TOR, FilterOp.EQ, "2", "is_tor: \"2\" is neither 0 nor 1");
        assertInvalid(Dims.IS_TOR, FilterOp.NE, "true", "is_tor: \"true\" is neither 0 nor 1");
    }

    @Test
    void operatorThatTheDimensionDoesNotTake_isRefused() {
        assertInvalid(Dims.SOURCE_TAG, FilterOp.MATCH, "x", "source_tag: takes = !=, not ~=");
        assertInvalid(Dims.IS_TOR, FilterOp.GT, "0", "is_tor: takes = !=, not >");
        assertInvalid(Dims.WEBSITE, FilterOp.GE, "a", "website: takes = != ~= !~=, not >=");
        assertInvalid(Dims.STATUS, FilterOp.MATCH, "5..", "status: takes = != > >= < <=, not ~=");
    }

    @Test
    void other_isNoValue() {
        assertInvalid(
                Dims.WEBSITE,
                FilterOp.EQ,
                "(other)",
                "website: (other) is unknown, not a value; a client that sent it reads \\(other)");
        assertInvalid(Dims.PREFIX, FilterOp.NE, "(other)", "prefix: (other) is unknown, not a value");
        assertInvalid(Dims.ASN, FilterOp.GT, "(other)", "asn: (other) is unknown, not a value");
    }

    @Test
    void labelOfALiteralOther_staysItself() {
        assertThat(Term.of(Dims.URI, FilterOp.EQ, "\\(other)").operand()).isEqualTo("\\(other)");
        assertThat(Term.of(Dims.URI, FilterOp.EQ, "\\\\(other)").operand()).isEqualTo("\\\\(other)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "( 1 missing_closing_):_(",
                "a[b 2 missing_closing_]:_[b",
                "ab** 3 invalid_nested_repetition_operator:_**",
                "üa\\q 3 invalid_escape_sequence:_\\q",
                "x(?=y) 2 invalid_or_unsupported_Perl_syntax:_(?=",
                "x{1001} 2 invalid_repeat_count:_{1001}"
            })
    void badRegex_isRefusedWithPlaceAndReason(String pattern, int place, String reason) {
        assertInvalid(
                Dims.WEBSITE,
                FilterOp.MATCH,
                pattern,
                "website: bad regex at " + place + ": " + reason.replace('_', ' '));
    }

    @Test
    void badPieceThatOccursTwice_isNamedWithoutAPlace() {
        assertInvalid(Dims.URI, FilterOp.NOT_MATCH, "\\qx\\q", "uri: bad regex: invalid escape sequence: \\q");
        assertInvalid(Dims.URI, FilterOp.MATCH, "a\\", "uri: bad regex: trailing backslash at end of expression");
    }

    @Test
    void parenthesisThatClosesNothing_isNamed() {
        assertInvalid(Dims.URI, FilterOp.MATCH, "a)b", "uri: bad regex: unexpected )");
    }

    @Test
    void regexOverOneKibibyte_isRefused() {
        assertThat(Term.of(Dims.URI, FilterOp.MATCH, "ü".repeat(512)).operand()).hasSize(512);
        assertInvalid(Dims.URI, FilterOp.MATCH, "ü".repeat(512) + "x", "uri: regex of 1025 bytes is longer than 1024");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((((a{99}){99}){99}){99}){99}",
                "(\\Q)\\Ea{1000}){1000}",
                "([)]a{1000}){1000}",
                "([^])]a{1000}){1000}",
                "([[:alpha:])]a{1000}){1000}",
                "(\\)a{1000}){1000}",
                "(a{9})){5})a{1000}{1000}b{1000}{1000}"
            })
    void regexThatRepeatsBeyondMeasure_isRefusedBeforeItIsCompiled(String pattern) {
        assertInvalid(
                Dims.URI,
                FilterOp.MATCH,
                pattern,
                "uri: regex repeats too much: written out it is longer than 4000 steps: " + pattern);
    }

    @Test
    void errorsAboutHostileText_areOneShortLine() {
        assertInvalid(
                Dims.STATUS,
                FilterOp.EQ,
                "1\n2\u001b[31m\u2028\u202e",
                "status: \"1\\x{a}2\\x{1b}[31m\\x{2028}\\x{202e}\" is not a number from 0 to 9999");
        assertThatThrownBy(() -> Term.of(Dims.ASN, FilterOp.EQ, "9".repeat(100_000)))
                .hasMessage("asn: \"" + "9".repeat(80) + "...\" is not a number from 0 to 4294967295");
    }

    @Test
    void termsThatAskTheSame_areEqual() {
        Term term = Term.of(Dims.PREFIX, FilterOp.EQ, "10.1.2.3/8");

        assertThat(term)
                .isEqualTo(Term.of(Dims.PREFIX, FilterOp.EQ, "10.0.0.0/8"))
                .hasSameHashCodeAs(Term.of(Dims.PREFIX, FilterOp.EQ, "10.0.0.0/8"))
                .isNotEqualTo(Term.of(Dims.PREFIX, FilterOp.NE, "10.0.0.0/8"))
                .isNotEqualTo(Term.of(Dims.PREFIX, FilterOp.EQ, "10.0.0.0/9"))
                .hasToString("prefix=10.0.0.0/8");
        assertThat(Term.of(Dims.STATUS, FilterOp.GE, "0400")).hasToString("status>=400");
    }

    @Test
    void list_isCanonical() {
        Term list = Term.of(Dims.STATUS, FilterOp.IN, List.of("5XX", "0404", "404", "200"));

        assertThat(list.operands()).containsExactly("200", "404", "5xx");
        assertThat(list)
                .isEqualTo(Term.of(Dims.STATUS, FilterOp.IN, List.of("200", "404", "5xx")))
                .hasToString("status IN (200, 404, 5xx)");
        assertThat(Term.of(Dims.ASN, FilterOp.NOT_IN, List.of("7", "07")))
                .isEqualTo(Term.of(Dims.ASN, FilterOp.NE, "7"));
    }

    @Test
    void listWithoutAnEnd_isRefused() {
        assertThatThrownBy(() -> Term.of(Dims.ASN, FilterOp.IN, List.of()))
                .hasMessage("asn: a list has 1 to 1000 values, not 0");
        assertThatThrownBy(() -> Term.of(Dims.ASN, FilterOp.IN, Collections.nCopies(1001, "1")))
                .hasMessage("asn: a list has 1 to 1000 values, not 1001");
        assertInvalid(Dims.ASN, FilterOp.IN, "1", "asn: takes = != > >= < <=, not IN");
    }

    @Test
    void classOfStatuses_isEqualOrNot() {
        assertThat(Term.of(Dims.STATUS, FilterOp.EQ, "5XX")).hasToString("status=5xx");
        assertInvalid(Dims.STATUS, FilterOp.LT, "5xx", "status: 5xx is a class of statuses, and takes = and !=, not <");
        assertInvalid(Dims.ASN, FilterOp.EQ, "5xx", "asn: \"5xx\" is not a number from 0 to 4294967295");
    }

    private static Dimension dimension(String name) {
        return Dims.WITH_COUNTRY.named(name).orElseThrow();
    }

    private static void assertInvalid(Dimension dimension, FilterOp op, String operand, String message) {
        assertThatThrownBy(() -> Term.of(dimension, op, operand))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessage(message);
    }
}

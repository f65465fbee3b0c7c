package logtail.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import logtail.core.format.LogFormat.Literal;
import logtail.core.format.LogFormat.Variable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "log_format x '$remote_addr \"$request\"';",
                "log_format x '$remote_addr ' '\"$request\"' ;",
                "log_format x\n\t'$remote_addr '\n\t# the request line\n\t'\"$request\"';",
                "log_format x \"$remote_addr \\\"$request\\\"\";",
                "log_format x escape=default '${remote_addr} \"$request\"'",
            })
    void everySpellingOfADirectiveIsTheSameFormat(String text) {
        assertThat(FormatText.parse(text))
                .isEqualTo(new LogFormat(
                        "x",
                        Escape.DEFAULT,
                        java.util.List.of(
                                new Variable("remote_addr"),
                                new Literal(" \""),
                                new Variable("request"),
                                new Literal("\""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$remote_addr $status", "'$remote_addr $status'", "'$remote_addr '\n'$status';"})
    void formatWithoutAName_isCalledLogFormat(String text) {
        LogFormat format = FormatText.parse(text);
        assertThat(format.name()).isEqualTo("log_format");
        assertThat(format.text()).isEqualTo("$remote_addr $status");
    }

    @Test
    void bareFormatMayBeginAndEndWithQuotes() {
        assertThat(FormatText.parse("\"$http_host\" \"$request\"").text()).isEqualTo("\"$http_host\" \"$request\"");
    }

    @Test
    void tabsAreWrittenAsInNginx() {
        LogFormat format = FormatText.parse("$host\\t$status");
        assertThat(format.pieces()).contains(new Literal("\t"));
        assertThat(format.text()).isEqualTo("$host\\t$status");
    }

    @Test
    void escapeIsTakenFromTheDirectiveOrTheBareText() {
        assertThat(FormatText.parse("log_format j escape=json '{\"s\":$status}';")
                        .escape())
                .isEqualTo(Escape.JSON);
        assertThat(FormatText.parse("escape=none $status").escape()).isEqualTo(Escape.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    $status$request_id             | there is nothing between $status and $request_id
                    $ $status                      | column 1: a variable's name should follow the $
                    ${status $host                 | column 1: a variable's name should follow the $
                    $msec $connection_id           | has no variable that could be counted
                    log_format x '$status          | line 1: the quote ' is never closed
                    log_format x escape=xml '$host'| escape is default, json or none, not "xml"
                    log_format                     | has no variable that could be counted
                    '$status'; log_format y '$host'| one log_format is enough, "log_format" follows it
                    """)
    void whatIsWrongIsSaid(String text, String message) {
        if (text.startsWith("$msec")) {
            text = "$connection $connection_id";
        }
        String given = text;
        assertThatThrownBy(() -> FormatText.parse(given))
                .isInstanceOf(InvalidFormatException.class)
                .hasMessageContaining(message);
    }
}

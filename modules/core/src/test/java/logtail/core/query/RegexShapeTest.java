package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import logtail.core.query.RegexShape.Literal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexShapeTest {
    /** Pieces from which patterns are put together: everything whose reading may go wrong. */
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "c",
            "ab",
            "é",
            ".",
            "^",
            "$",
            "|",
            "(",
            "(",
            ")",
            ")",
            "(?:",
            "(?P<n>",
            "(?i)",
            "(?i:",
            "*",
            "+",
            "?",
            "*?",
            "+?",
            "??",
            "{2}",
            "{0}",
            "{1,}",
            "{0,2}",
            "{2,3}",
            "{3}?",
            "{",
            "}",
            "{,2}",
            "[ab]",
            "[^a]",
            "[]a]",
            "[[:alpha:]]",
            "[a)]",
            "[(]",
            "[a",
            "]",
            "\\Qa(\\E",
            "\\Q",
            "\\E",
            "\\(",
            "\\)",
            "\\.",
            "\\d",
            "\\b",
            "\\x61",
            "\\x{62}",
            "\\pL",
            "\\p{L}",
            "\\141",
            "\\\\",
            "\\z",
            "\\A");

    private static final List<String> TEXT_PIECES = List.of("a", "b", "c", "é", "(", ")", ".", "A", "1", "{", "\\");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsReadFromAPattern_isTrueOfTheLibrary(long seed) {
        Random random = new Random(seed);
        int compiled = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = join(random, PIECES, 1 + random.nextInt(9));
            Pattern pattern = compile(text);
            RegexShape shape = RegexShape.of(text);
            if (pattern != null) {
                compiled++;
                if (shape.steps() < pattern.programSize()) {
                    fail("pattern <%s>: %s steps, told %s", text, pattern.programSize(), shape);
                }
                checkTexts(text, pattern, shape, random);
            }
        }
        assertThat(compiled).isGreaterThan(2_000);
    }

    private static void checkTexts(String text, Pattern pattern, RegexShape shape, Random random) {
        List<Literal> needed = shape.needed();
        if (needed == null) {
            return;
        }
        for (int i = 0; i < 12; i++) {
            String subject = i == 0 ? "" : join(random, TEXT_PIECES, random.nextInt(6));
            byte[] bytes = subject.getBytes(StandardCharsets.UTF_8);
            boolean found = needed.stream().anyMatch(literal -> new Needle(literal).in(bytes));
            boolean matches = pattern.matcher(subject).find();
            boolean others = shape.others().stream()
                    .allMatch(list -> list.stream().anyMatch(literal -> new Needle(literal).in(bytes)));
            boolean told = (found && others || !matches) && (matches || !found || !shape.enough());
            if (!told) {
                fail("pattern <%s> on <%s>: matches %s, told %s", text, subject, matches, shape);
            }
        }
    }

    private static @Nullable Pattern compile(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    private static String join(Random random, List<String> pieces, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gouda.*", ".*gouda", ".*gouda.*", "gouda", "(gouda)", "(?:x?gouda)", "\\Qgouda", "x*goudax{0,3}"
            })
    void plainTextAmongOptionalPieces_decidesAlone(String pattern) {
        assertThat(RegexShape.of(pattern).needed()).containsExactly(new Literal("gouda", false, false));
        assertThat(RegexShape.of(pattern).enough()).isTrue();
    }

    @Test
    void anchorsBesidePlainText_decideWithIt() {
        assertThat(RegexShape.of("^/api/").needed()).containsExactly(new Literal("/api/", true, false));
        assertThat(RegexShape.of("\\.php$").needed()).containsExactly(new Literal(".php", false, true));
        assertThat(RegexShape.of("^/$").needed()).containsExactly(new Literal("/", true, true));
        assertThat(RegexShape.of("^/$").enough()).isTrue();
        assertThat(RegexShape.of("^/(a|bc)?$").needed()).containsExactly(new Literal("/", true, false));
        assertThat(RegexShape.of("^/(a|b(c|d))/$").needed())
                .containsExactly(
                        new Literal("/a/", true, true),
                        new Literal("/bc/", true, true),
                        new Literal("/bd/", true, true));
    }

    @Test
    void alternatives_areAllLookedFor() {
        RegexShape shape = RegexShape.of("wp-login|^/xmlrpc");

        assertThat(shape.needed())
                .containsExactly(new Literal("wp-login", false, false), new Literal("/xmlrpc", true, false));
        assertThat(shape.enough()).isTrue();
    }

    @Test
    void longestPlainText_isLookedForFirst() {
        RegexShape shape = RegexShape.of("/[a-z]+/index-[0-9]+\\.jpg");

        assertThat(shape.needed()).containsExactly(new Literal("/index-", false, false));
        assertThat(shape.enough()).isFalse();
    }

    @Test
    void allThatIsNeeded_isLookedFor() {
        RegexShape shape = RegexShape.of("^/(api|blog)/.*admin.*[0-9].php$");

        assertThat(shape.needed())
                .containsExactly(new Literal("/api/", true, false), new Literal("/blog/", true, false));
        assertThat(shape.others())
                .containsExactly(List.of(new Literal("admin", false, false)), List.of(new Literal("php", false, true)));
        assertThat(shape.enough()).isFalse();
    }

    @Test
    void lettersUnderFlags_mayBeOthers() {
        assertThat(RegexShape.of("(?i)gouda").needed()).isNull();
        assertThat(RegexShape.of("(?i)gouda.*edam").others()).isEmpty();
        assertThat(RegexShape.of("gouda(?i:x)").needed()).isNull();
    }
}

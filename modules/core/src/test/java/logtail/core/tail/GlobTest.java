package logtail.core.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.log        | access.log | true",
                "*.log        | access.log.1 | false",
                "*.log        | .log | false",
                "*            | .hidden | false",
                "?cc          | acc | true",
                "?cc          | .cc | false",
                ".*           | .hidden | true",
                "[ab]x        | ax | true",
                "[!ab]x       | ax | false",
                "[!ab]x       | cx | true",
                "[^ab]x       | bx | false",
                "[a-c]x       | bx | true",
                "[a-c]x       | dx | false",
                "[a-]x        | -x | true",
                "[]]x         | ]x | true",
                "[.]x         | .x | false",
                "a*b*c        | aXbYc | true",
                "a*b*c        | ac | false",
                "a.b          | aXb | false",
                "a+b          | aab | false",
                "\\*          | * | true",
                "\\*          | x | false",
                "?            | é | true",
                "?            | 𝄞 | true",
                "**.log       | a.log | true",
            })
    void part_matchesAsShellsDo(String pattern, String name, boolean matches) {
        assertThat(only(pattern).parts().get(0).matches(name)).isEqualTo(matches);
    }

    @Test
    void shouldSplitAtSlashesAndKnowLiterals() {
        Glob glob = only("/var//log/*/access.log");
        assertThat(glob.isAbsolute()).isTrue();
        assertThat(glob.isLiteral()).isFalse();
        assertThat(glob.parts()).extracting(Glob.Part::literal).containsExactly("var", "log", "", "access.log");
        assertThat(glob.parts()).extracting(Glob.Part::isLiteral).containsExactly(true, true, false, true);
        assertThat(only("logs/access.log").isAbsolute()).isFalse();
        assertThat(only("/a/b\\*c").isLiteral()).isTrue();
        assertThat(only("/a/b\\*c").parts().get(1).literal()).isEqualTo("b*c");
    }

    @Test
    void shouldExpandBracesAlsoNestedAndAcrossSlashes() {
        assertThat(paths("/{a,b/{c,d}}/x{,.1}"))
                .containsExactly("/a/x", "/a/x.1", "/b/c/x", "/b/c/x.1", "/b/d/x", "/b/d/x.1");
        assertThat(paths("/a\\{b,c\\}")).containsExactly("/a{b,c}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/var/log/", "/a/[b", "/a/{b,c", "/a/b\\", "/a/[z-a]"})
    void shouldRefuseWhatIsMalformed(String text) {
        assertThatThrownBy(() -> Glob.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseBracesThatExplode() {
        assertThatThrownBy(() -> Glob.parse("/" + "{a,b}".repeat(11))).hasMessageContaining("1024");
    }

    private static Glob only(String text) {
        List<Glob> globs = Glob.parse(text);
        assertThat(globs).hasSize(1);
        return globs.get(0);
    }

    private static List<String> paths(String text) {
        return Glob.parse(text).stream()
                .map(glob -> "/"
                        + String.join(
                                "/",
                                glob.parts().stream().map(Glob.Part::literal).toList()))
                .toList();
    }
}

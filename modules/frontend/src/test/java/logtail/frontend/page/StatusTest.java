package logtail.frontend.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import logtail.core.schema.Schema;
import logtail.frontend.backend.Outcome;
import logtail.frontend.query.PageDefaults;
import logtail.wire.NodeReply;
import logtail.wire.NodeStatus;
import org.junit.jupiter.api.Test;

class StatusTest {
    private static final PageDefaults DEFAULTS = PageDefaults.of(Schema.LOGTAIL, 25, 50_000, 30, 1_024);

    private static Status.Input input(long lines, NodeStatus.BadLine... bad) {
        NodeStatus.Input input = new NodeStatus.Input(
                "file:/var/log/nginx/*.log",
                lines,
                12.5,
                1 << 20,
                bad.length == 0 ? List.of() : List.of(new NodeStatus.Named("fields", bad.length)),
                List.of(),
                List.of(bad),
                2,
                0,
                1_536,
                0,
                0);
        NodeStatus status = new NodeStatus("1", 0, List.of(input), List.of(), List.of(), 0, 0, 0);
        Status page = Status.of("nginx1:9090", Outcome.of(new NodeReply(List.of(), status)), DEFAULTS);
        return Objects.requireNonNull(page.self()).inputs().get(0);
    }

    private static NodeStatus.BadLine bad(String text, int column) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new NodeStatus.BadLine(1_763_628_000_000L, "fields", column, bytes, bytes.length);
    }

    @Test
    void shouldPointAtTheColumnWhereALineBroke() {
        Status.BadLine shown =
                input(1, bad("v2\ta\u001b[31m rest", 4)).badLines().get(0);

        assertThat(shown.why()).isEqualTo("fields, column 5 of 14");
        assertThat(shown.text()).isEqualTo("v2\\x09a\\x1B[31m rest");
        assertThat(shown.text().charAt(shown.caret().length() - 1)).isEqualTo('\\');
        assertThat(shown.text())
                .startsWith("v2\\x09a".substring(0, shown.caret().length() - 1));
    }

    @Test
    void shouldShowWhatIsAroundTheColumn_ofALongLine() {
        Status.BadLine shown = input(1, bad("x".repeat(200) + "!" + "y".repeat(55), 200))
                .badLines()
                .get(0);

        assertThat(shown.text()).startsWith("…x").endsWith("y");
        assertThat(shown.text().charAt(shown.caret().length() - 1)).isEqualTo('!');
    }

    @Test
    void shouldShowTheNewestLineFirst_andSayWhenNothingWasUnderstood() {
        Status.Input shown = input(0, bad("old", 0), bad("new", 0));

        assertThat(shown.badLines()).extracting(Status.BadLine::text).containsExactly("new", "old");
        assertThat(shown.rejected()).isEqualTo("2 fields");
        assertThat(shown.broken()).isTrue();
        assertThat(input(1, bad("old", 0)).broken()).isFalse();
        assertThat(shown.lag()).isEqualTo("1.50\u00a0KiB");
    }
}

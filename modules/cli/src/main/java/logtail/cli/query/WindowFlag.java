package logtail.cli.query;

import java.util.Arrays;
import java.util.stream.Collectors;
import logtail.core.time.Window;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --window}. */
final class WindowFlag {
    private static final String LIVE = "live";
    private static final String KNOWN =
            Arrays.stream(Window.values()).map(Window::text).collect(Collectors.joining(", "));

    private final Flags flags;
    private final OptionSpec option;

    WindowFlag(Flags flags) {
        this.flags = flags;
        this.option =
                flags.value("--window", "WINDOW", "How far back: " + KNOWN + ". Default: " + Window.W5M.text() + ".");
    }

    Window window() {
        String text = Flags.text(option, Window.W5M.text());
        return Window.of(text)
                .orElseThrow(() -> flags.wrong(
                        option,
                        text.equals(LIVE)
                                ? "live is not available yet, it is one of " + KNOWN
                                : "\"" + text + "\" is not one of " + KNOWN));
    }
}

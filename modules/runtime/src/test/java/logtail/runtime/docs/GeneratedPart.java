package logtail.runtime.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page in {@code docs/} that is made from the code; {@code -Dlogtail.docs.write=true} writes it. */
public final class GeneratedPart {
    private static final Path DOCS =
            Path.of(System.getProperty("logtail.root", "../..")).resolve("docs");

    private final Path page;
    private final String begin;
    private final String end;

    /**
     * @param page such as {@code metrics.md}
     * @param mark the part stands between {@code <!-- mark -->} and {@code <!-- /mark -->}
     */
    public GeneratedPart(String page, String mark) {
        this.page = DOCS.resolve(page);
        this.begin = "<!-- " + mark + " -->\n";
        this.end = "<!-- /" + mark + " -->";
    }

    /** Fails unless the page has this text there, or writes it. */
    public void shouldRead(String text) throws IOException {
        String before = Files.readString(page);
        int from = before.indexOf(begin) + begin.length();
        int to = before.indexOf(end);
        assertThat(from).isBetween(begin.length(), to);

        String current = before.substring(0, from) + text + before.substring(to);
        if (Boolean.getBoolean("logtail.docs.write")) {
            Files.writeString(page, current);
        } else {
            assertThat(before)
                    .as("run with -Dlogtail.docs.write=true to write %s", page)
                    .isEqualTo(current);
        }
    }
}

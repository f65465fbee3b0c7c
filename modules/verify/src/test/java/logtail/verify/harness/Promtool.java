package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own opinion of pages and rules. */
public final class Promtool {
    private Promtool() {}

    /** {@code promtool check metrics} of a page in the text format 0.0.4. */
    public static Tools.Result checkMetrics(String page) {
        Tools.require("promtool");
        try {
            Path file = Files.createTempFile("page", ".txt");
            try {
                Files.writeString(file, page, StandardCharsets.UTF_8);
                return Tools.run(List.of(
                        "sh", "-c", "exec \"$0\" check metrics <\"$1\"", Tools.path("promtool"), file.toString()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Any other command of promtool. */
    public static Tools.Result run(String... arguments) {
        Tools.require("promtool");
        List<String> command = new ArrayList<>(List.of(Tools.path("promtool")));
        command.addAll(List.of(arguments));
        return Tools.run(command);
    }
}

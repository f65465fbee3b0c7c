package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The real logrotate, forced to turn one log over now. */
public final class Logrotate {
    private final Path configuration;
    private final Path state;

    /**
     * @param folder where its configuration and state go
     * @param log what it turns over
     * @param directives its further directives, such as {@code compress} or a postrotate script
     */
    public Logrotate(Path folder, Path log, String directives) {
        Tools.require("logrotate");
        configuration = folder.resolve("logrotate.conf");
        state = folder.resolve("logrotate.state");
        try {
            Files.writeString(
                    configuration, "\"" + log + "\" {\n  rotate 20\n  missingok\n  nodateext\n" + directives + "\n}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns the log over. */
    public void force() {
        Tools.run(List.of(Tools.path("logrotate"), "-f", "-s", state.toString(), configuration.toString()))
                .ok();
    }
}

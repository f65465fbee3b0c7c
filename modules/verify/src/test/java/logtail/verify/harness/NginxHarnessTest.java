package logtail.verify.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle of the tests with nginx: what it wrote is what the load generator got answered, rotation or not. */
class NginxHarnessTest {
    @Test
    void nginxWritesOneLinePerAnsweredRequestAcrossRotations(@TempDir Path folder) throws IOException {
        Tools.require("nginx", "logrotate");
        int requests = 8_000;
        int port = Udp.freeTcpPort();
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path log = logs.resolve("access.log");
        String server = "server { listen 127.0.0.1:%d; access_log %s v2; location / { return 200 \"ok\\n\"; } }";
        try (Nginx nginx = Nginx.start(folder, server.formatted(port, log), port)) {
            Logrotate logrotate = new Logrotate(
                    folder, log, "  postrotate\n    kill -USR1 $(cat " + nginx.pidFile() + ")\n  endscript");
            Load load = new Load(port, "load.test", n -> "/n/" + n);

            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> load.send(requests, 8, 8_000));
            logrotate.force();
            logrotate.force();
            sent.join();

            List<String> lines = Await.until("every line", () -> allLines(logs), all -> all.size() >= requests);
            assertThat(lines).hasSize(requests).doesNotHaveDuplicates();
            assertThat(lines).allMatch(line -> line.split("\t", -1).length == 16);
        }
    }

    private static List<String> allLines(Path logs) {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return lines;
    }
}

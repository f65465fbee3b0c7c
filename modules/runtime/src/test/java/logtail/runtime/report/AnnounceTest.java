package logtail.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnnounceTest {
    @Test
    void shouldPrintTheLinesThatScriptsWaitFor() {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        try {
            Announce.listening(Announce.Kind.GRPC, "0.0.0.0", 9090, "collector");
            Announce.listening(Announce.Kind.PROMETHEUS, "::1", 9100, "collector");
            Announce.ready();
        } finally {
            System.setOut(before);
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "listening grpc 0.0.0.0:9090 collector", "listening prometheus [::1]:9100 collector", "ready");
    }
}

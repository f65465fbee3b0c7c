package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionCommandTest {
    @Test
    void everyCommandAndItsFlags_areCompleted() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        int code = CompletionCommand.run(new Shell(stream, stream, Map.of(), () -> "this-host"), List.of());
        assertThat(code).isZero();
        String script = out.toString(StandardCharsets.UTF_8);
        Commands.names().forEach(name -> assertThat(script).contains("_logtail_" + name.replace('-', '_')));
        assertThat(script).contains("'--rings-fine-bucket'", "'--group-by'", "'--fail-if'", "'--log-format'");
    }
}

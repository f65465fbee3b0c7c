package logtail.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoLogTest {
    private static final byte[] FULL = new byte[(int) DemoLog.ROTATE_BYTES];

    @Test
    void shouldBeThereAndEmptyBeforeTheFirstLine() throws IOException {
        try (DemoLog log = DemoLog.create()) {
            assertThat(log.file()).isEmptyFile();
        }
    }

    @Test
    void shouldRenameAFullFileAndGoOnInANewOne() throws IOException {
        try (DemoLog log = DemoLog.create()) {
            log.append(ByteBuffer.wrap(FULL), 0);
            log.append(line("next\n"), 10);

            assertThat(log.file()).hasContent("next\n");
            assertThat(beside(log)).hasSize(2).anyMatch(file -> file.toFile().length() == FULL.length);
        }
    }

    @Test
    void shouldDeleteARenamedFileAfterAMinute() throws IOException {
        try (DemoLog log = DemoLog.create()) {
            log.append(ByteBuffer.wrap(FULL), 0);
            log.append(line("a\n"), 100);
            log.append(line("b\n"), 100 + DemoLog.KEEP_MS - 1);
            assertThat(beside(log)).hasSize(2);

            log.append(line("c\n"), 100 + DemoLog.KEEP_MS);

            assertThat(beside(log)).containsExactly(log.file());
            assertThat(log.file()).hasContent("a\nb\nc\n");
        }
    }

    @Test
    void shouldLeaveNothingBehind() throws IOException {
        DemoLog log = DemoLog.create();
        log.append(ByteBuffer.wrap(FULL), 0);
        log.append(line("next\n"), 1);

        log.close();

        assertThat(log.file().getParent()).doesNotExist();
        assertThatThrownBy(() -> log.append(line("late\n"), 2)).isInstanceOf(IOException.class);
    }

    private static List<Path> beside(DemoLog log) throws IOException {
        try (Stream<Path> files = Files.list(log.file().getParent())) {
            return files.toList();
        }
    }

    private static ByteBuffer line(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

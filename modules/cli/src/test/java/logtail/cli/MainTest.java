package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void withoutACommand_usageGoesToStandardError() {
        Cli cli = Cli.run();
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith("Usage: logtail COMMAND").contains("  collector ", "  dump ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-help", "-h", "help"})
    void help_goesToStandardOutput(String word) {
        Cli cli = Cli.run(word);
        assertThat(cli.code()).isZero();
        assertThat(cli.err()).isEmpty();
        assertThat(cli.out()).startsWith("Usage: logtail COMMAND");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colector|logtail: unknown command \"colector\", did you mean \"collector\"?",
                "aggregator|logtail: unknown command \"aggregator\", the nearest is",
                "--listen|logtail: a command is needed in front of \"--listen\"",
            })
    void unknownCommand_isOneLine(String word, String line) {
        Cli cli = Cli.run(word);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith(line).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version", "-version"})
    void version_isOneLineWithCommitAndDate(String word) {
        Cli cli = Cli.run(word);
        assertThat(cli.code()).isZero();
        assertThat(cli.out()).matches("logtail 0\\.1\\.0 \\(commit ([0-9a-f]{7,}|unknown), built 20[0-9TZ:-]+\\)\n");
    }

    @Test
    void version_isAFlagOfEveryCommandToo() {
        assertThat(Cli.run("collector", "-version").out()).startsWith("logtail 0.1.0 (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"collector", "frontend", "standalone", "demo", "check", "dump", "version"})
    void everyCommand_explainsItself(String command) {
        for (String flag : new String[] {"--help", "-help", "-h"}) {
            Cli cli = Cli.run(command, flag);
            assertThat(cli.code()).isZero();
            assertThat(cli.err()).isEmpty();
            assertThat(cli.out()).startsWith("Usage: logtail " + command);
        }
    }

    @Test
    void help_listsEveryKeyWithItsDefault() {
        assertThat(Cli.run("collector", "--help").out())
                .contains("--rings-fine-key-bytes=SIZE", "--logtail-port=N", "--v4prefix=N", "Default: 6MiB.")
                .contains("COLLECTOR_PROM_LISTEN, \"promListen\"");
        assertThat(Cli.run("standalone", "--help").out())
                .contains("--listen=ADDRESS", "--frontend-listen=ADDRESS", "\"collector.promListen\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prom-lisen=:1|collector: unknown flag --prom-lisen, did you mean --prom-listen?",
                "-prom-lisen|collector: unknown flag -prom-lisen, did you mean --prom-listen?",
                "--collectors|collector: unknown flag --collectors, the nearest is",
                "/var/log/a.log|collector: unexpected argument \"/var/log/a.log\"",
                "--source|--source: a value is missing",
                "--conf=/no/such.json|/no/such.json: no such file",
                "--rings-fine-bucket=abc|--rings-fine-bucket: \"abc\" is not a duration such as 500ms, 5s, 1m or 1h",
                "--v4prefix=24|collector: nothing to read, give log files",
            })
    void badCommandLine_isOneLine(String arg, String line) {
        Cli cli = Cli.run("collector", arg);
        assertThat(cli.code()).isEqualTo(2);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.err()).startsWith(line).hasLineCount(1);
    }
}

package logtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import logtail.runtime.config.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** D30: one or two dashes, {@code -x v} and {@code -x=v}, for every kind of flag. */
class FlagFormsTest {
    @ParameterizedTest
    @ValueSource(strings = {"--status|V", "--status=V", "-status|V", "-status=V"})
    void value_isTakenAsItIs(String form) {
        for (String value : new String[] {"404", "!=404", ">=400", "<500", "=404", "!~=x", "", "@file", "a=b", "'q'"}) {
            assertThat(parse(form, value)).isEqualTo("status=" + value + " json=false n=10");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-n|V", "-n=V", "--n|V", "--n=V"})
    void shortFlag_takesTwoDashesToo(String form) {
        assertThat(parse(form, "25")).isEqualTo("status= json=false n=25");
    }

    @ParameterizedTest
    @CsvSource({
        "--json,true",
        "-json,true",
        "--json=true,true",
        "-json=true,true",
        "--json=false,false",
        "-json=false,false"
    })
    void booleanFlag_needsNoValueButMayHaveOne(String form, boolean value) {
        assertThat(parse(form, "")).isEqualTo("status= json=" + value + " n=10");
    }

    @Test
    void booleanFlag_doesNotSwallowWhatFollows() {
        assertThat(parse("-json|-status|V", "404")).isEqualTo("status=404 json=true n=10");
        assertThat(run(List.of("--json", "false")).err()).isEqualTo("query: unexpected argument \"false\"\n");
    }

    @Test
    void lastFlag_wins() {
        assertThat(parse("--status|1|-status|V", "2")).isEqualTo("status=2 json=false n=10");
    }

    @Test
    void unknownFlag_isOneLineWithTheNearest() {
        assertThat(run(List.of("--stauts=404")).err())
                .isEqualTo("query: unknown flag --stauts, did you mean --status?\n");
        assertThat(run(List.of("-jsn")).err()).isEqualTo("query: unknown flag -jsn, did you mean --json?\n");
        assertThat(run(List.of("--status")).err()).isEqualTo("--status: a value is missing\n");
        assertThat(run(List.of("-n", "x")).err()).isEqualTo("-n: 'x' is not an int\n");
    }

    @Test
    void failure_isOneLineAndExitCodeOne() {
        Cli cli = run(List.of("--status", "boom"));
        assertThat(cli.code()).isEqualTo(1);
        assertThat(cli.err()).isEqualTo("query: it went boom\n");
    }

    @Test
    void dashes_changeNothingButKnownFlags() {
        Set<String> known = Set.of("--logs", "-n");
        assertThat(Dashes.normalise(List.of("-logs", "--n=5", "-x", "--y", "-", "-5", "--", "-logs"), known))
                .containsExactly("--logs", "-n=5", "-x", "--y", "-", "-5", "--", "-logs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prom-listen|:1", "--prom-listen=:1", "-prom-listen|:1", "-prom-listen=:1"})
    void keysOfTheTable_takeTheSameForms(String form) {
        List<String> args = new ArrayList<>(List.of("dump", "collector"));
        args.addAll(Arrays.asList(form.split("\\|")));
        assertThat(Cli.run(args.toArray(String[]::new)).out()).containsPattern("promListen +:1 +flag --prom-listen\n");
    }

    @Test
    void everyKey_isAFlag() {
        for (Program program : Program.values()) {
            for (Program.Slot slot : program.slots()) {
                String value = slot.defaultText();
                Cli cli = Cli.run(Map.of(), "dump", program.id(), "-" + slot.flag() + "=" + value);
                assertThat(cli.err()).isEmpty();
                assertThat(cli.out()).contains("flag --" + slot.flag() + "\n");
            }
        }
    }

    @Test
    void listFlags_addUpAndOthersReplace() {
        Cli cli = Cli.run("dump", "collector", "--logs", "/a", "-logs=/b,/c", "--source=x", "--source=y");
        assertThat(cli.out()).containsPattern("logs +/a,/b,/c +flag --logs\n");
        assertThat(cli.out()).containsPattern("source +y +flag --source\n");
    }

    private static String parse(String form, String value) {
        List<String> args = new ArrayList<>();
        for (String part : form.split("\\|")) {
            args.add(part.equals("V") ? value : part.replaceFirst("=V$", "=" + value.replace("$", "\\$")));
        }
        Cli cli = run(args);
        assertThat(cli.err()).isEmpty();
        return cli.out().strip();
    }

    private static Cli run(List<String> args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Shell shell = new Shell(new PrintStream(out, true), new PrintStream(err, true), Map.of(), () -> "host");
        int code = CommandLines.run("query", new CommandLine(new Query(shell).spec), shell, args);
        return new Cli(code, out.toString(), err.toString());
    }

    /** Stands for a query command: a filter, a switch and a number. */
    private static final class Query implements Callable<Integer> {
        private final Shell shell;
        private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

        Query(Shell shell) {
            this.shell = shell;
            spec.addOption(OptionSpec.builder("--status").type(String.class).build());
            spec.addOption(OptionSpec.builder("--json").type(boolean.class).build());
            spec.addOption(OptionSpec.builder("-n").type(int.class).build());
        }

        @Override
        public Integer call() {
            ParseResult parsed = spec.commandLine().getParseResult();
            String status = parsed.matchedOptionValue("--status", "");
            if (status.equals("boom")) {
                throw new IllegalStateException("it went\nboom");
            }
            shell.out()
                    .println("status=" + status + " json=" + parsed.matchedOptionValue("--json", false) + " n="
                            + parsed.matchedOptionValue("-n", 10));
            return 0;
        }
    }
}

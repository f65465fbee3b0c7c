package logtail.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintStream;
import java.util.List;
import logtail.runtime.config.Program;
import logtail.runtime.config.Setting;
import logtail.runtime.config.Settings;
import logtail.runtime.config.Sources;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code dump [PROGRAM] [-conf FILE] [--json]}: every effective value and where it came from. */
final class DumpCommand extends InspectCommand {
    private static final String JSON = "--json";

    private DumpCommand(Shell shell, List<String> args) {
        super("dump", "Prints the effective configuration of PROGRAM and where each value came from.", shell, args);
        spec().addOption(OptionSpec.builder(JSON)
                .type(boolean.class)
                .description("Print one JSON object.")
                .build());
    }

    static int run(Shell shell, List<String> args) {
        return new DumpCommand(shell, args).run();
    }

    /** Its flags, for completion. */
    static CommandLine command(Shell shell) {
        return new CommandLine(new DumpCommand(shell, List.of()).spec());
    }

    @Override
    void inspect(Program program, Sources sources, ParseResult parsed) {
        Settings settings = Settings.resolve(program, sources);
        if (parsed.matchedOptionValue(JSON, false)) {
            shell().out().println(json(settings).encodePrettily());
        } else {
            print(settings, shell().out());
        }
    }

    private static void print(Settings settings, PrintStream out) {
        int keyWidth = 0;
        int valueWidth = 0;
        for (Setting<?> setting : settings.all()) {
            keyWidth = Math.max(keyWidth, setting.slot().path().length());
            valueWidth = Math.max(valueWidth, shown(setting).length());
        }
        String row = "%-" + keyWidth + "s  %-" + valueWidth + "s  %s%n";
        for (Setting<?> setting : settings.all()) {
            out.printf(row, setting.slot().path(), shown(setting), setting.origin());
        }
        settings.ignoredVariables().forEach(variable -> out.println("ignored: environment " + variable));
    }

    private static String shown(Setting<?> setting) {
        return setting.text().isEmpty() ? "\"\"" : Failure.oneLine(setting.text());
    }

    private static JsonObject json(Settings settings) {
        JsonObject values = new JsonObject();
        for (Setting<?> setting : settings.all()) {
            values.put(
                    setting.slot().path(),
                    new JsonObject()
                            .put("value", setting.json())
                            .put("origin", setting.origin().toString()));
        }
        return new JsonObject()
                .put("program", settings.program().id())
                .put("settings", values)
                .put("ignored_environment", new JsonArray(settings.ignoredVariables()));
    }
}

package logtail.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import logtail.runtime.config.ConfigFile;
import logtail.runtime.config.Program;
import logtail.runtime.config.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of a program, made from the table of keys. */
final class ConfigOptions {
    private static final String CONF = "--conf";

    private ConfigOptions() {}

    /**
     * Adds {@code --conf} and a flag for every key of the program.
     *
     * @param inHelp whether help lists the keys
     */
    static void addTo(CommandSpec spec, Program program, boolean inHelp) {
        spec.usageMessage().sortOptions(false).sortSynopsis(false).abbreviateSynopsis(true);
        spec.addOption(OptionSpec.builder(CONF)
                .type(String.class)
                .paramLabel("FILE")
                .description("Configuration file, or the JSON itself.")
                .build());
        program.slots().forEach(slot -> spec.addOption(option(slot, inHelp)));
    }

    private static OptionSpec option(Program.Slot slot, boolean inHelp) {
        String value = slot.defaultText();
        String about = slot.key().about() + " Default: " + (value.isEmpty() ? "none" : value) + ".";
        return OptionSpec.builder("--" + slot.flag())
                .type(String.class)
                .paramLabel(slot.key().type().label())
                .description(about.replace("%", "%%"))
                .hidden(!inHelp)
                .build();
    }

    /** The other two spellings, below the flags. */
    static String[] footer(Program program) {
        Program.Slot example = program.slots().get(1);
        return new String[] {
            "",
            "Each flag is also an environment variable and a key of the configuration file: --" + example.flag() + ", "
                    + example.variable() + ", \"" + example.path() + "\". A flag wins over the environment, that over"
                    + " the file, and that over the default. Flags take one dash or two, --x=v or --x v."
        };
    }

    /** What was given on the command line and in the environment. Reads the file. */
    static Sources sources(ParseResult parsed, Program program, Shell shell) {
        return new Sources(flags(parsed, program), shell.environment(), file(parsed), shell.hostName());
    }

    private static Map<String, String> flags(ParseResult parsed, Program program) {
        Map<String, String> flags = new LinkedHashMap<>();
        for (Program.Slot slot : program.slots()) {
            OptionSpec option = parsed.matchedOption("--" + slot.flag());
            if (option != null) {
                flags.put(slot.flag(), slot.key().type().join(option.originalStringValues()));
            }
        }
        return flags;
    }

    private static @Nullable ConfigFile file(ParseResult parsed) {
        String conf = parsed.matchedOptionValue(CONF, null);
        return conf == null ? null : ConfigFile.read(conf);
    }
}

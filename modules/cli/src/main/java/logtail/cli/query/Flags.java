package logtail.cli.query;

import java.math.BigInteger;
import java.util.List;
import logtail.runtime.config.Units;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Flags of one command: declared first, read once the command line is parsed. */
final class Flags {
    private final CommandSpec spec;

    Flags(CommandSpec spec) {
        this.spec = spec;
        spec.usageMessage().sortOptions(false).sortSynopsis(false).abbreviateSynopsis(true);
    }

    /** A flag with a value; the last one counts. */
    OptionSpec value(String flag, String label, String about) {
        return add(OptionSpec.builder(flag).type(String.class).paramLabel(label).description(about));
    }

    /** A flag with a value that may be given several times. */
    OptionSpec values(String flag, String label, String about) {
        return add(OptionSpec.builder(flag)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(about));
    }

    /** A flag that is there or not. */
    OptionSpec toggle(String flag, String about) {
        return add(OptionSpec.builder(flag).type(boolean.class).description(about));
    }

    private OptionSpec add(OptionSpec.Builder builder) {
        OptionSpec option = builder.build();
        spec.addOption(option);
        return option;
    }

    /** What was given, the last one when it was given twice. */
    static String text(OptionSpec option, String otherwise) {
        List<String> given = option.originalStringValues();
        return given.isEmpty() ? otherwise : given.get(given.size() - 1);
    }

    static boolean isGiven(OptionSpec option) {
        return !option.originalStringValues().isEmpty();
    }

    /** A whole number from 1 to {@code max}. */
    int number(OptionSpec option, int otherwise, int max) {
        String text = text(option, Integer.toString(otherwise));
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > max) {
            throw wrong(option, "\"" + text + "\" is not a whole number from 1 to " + max);
        }
        return number;
    }

    /** A length of time in milliseconds, at least 1. */
    long milliseconds(OptionSpec option, String otherwise) {
        String text = text(option, otherwise);
        BigInteger millis = Units.millis(text).orElse(BigInteger.ZERO);
        if (millis.signum() == 0 || millis.bitLength() > 31) {
            throw wrong(option, "\"" + text + "\" is not a duration such as 500ms, 5s or 1m");
        }
        return millis.longValueExact();
    }

    /** The error of a flag that has a value it cannot have. */
    ParameterException wrong(OptionSpec option, String what) {
        return new ParameterException(spec.commandLine(), what, option, text(option, ""));
    }
}

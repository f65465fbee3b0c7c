package logtail.cli.query;

import java.nio.file.Path;
import java.util.Optional;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.runtime.config.LogFormats;
import picocli.CommandLine.Model.OptionSpec;

/** The flags that say what lines look like, as the collector's keys do. */
final class FormatFlags {
    private final OptionSpec logFormat;
    private final OptionSpec nginxConf;

    FormatFlags(Flags flags) {
        this.logFormat = flags.value(
                "--log-format",
                "FORMAT",
                "Format of the lines: " + String.join(", ", KnownFormats.names())
                        + ", the text of a log_format, or a name in --nginx-conf. Default: logtail.");
        this.nginxConf = flags.value(
                "--nginx-conf",
                "FILE",
                "Main file of an nginx configuration, in which names of formats are looked up.");
    }

    /** The format that was asked for. Reads the configuration of nginx. */
    LogFormat format() {
        Optional<Path> conf =
                Flags.isGiven(nginxConf) ? Optional.of(Path.of(Flags.text(nginxConf, ""))) : Optional.empty();
        return new LogFormats(conf, "--nginx-conf").of("--log-format", Flags.text(logFormat, "logtail"));
    }

    boolean isGiven() {
        return Flags.isGiven(logFormat);
    }
}

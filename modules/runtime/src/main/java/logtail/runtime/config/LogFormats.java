package logtail.runtime.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import logtail.core.format.FormatText;
import logtail.core.format.InvalidFormatException;
import logtail.core.format.KnownFormats;
import logtail.core.format.LogFormat;
import logtail.core.format.NginxConf;
import logtail.core.text.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Looks formats up: a text is a format itself; a name is one of an nginx configuration, where there is one, or a known
 * one. Blocks when it reads that configuration, once. Not threadsafe.
 */
public final class LogFormats {
    private final Optional<Path> nginxConf;
    private final String nginxConfPlace;
    private @Nullable NginxConf read;

    /**
     * @param nginxConf the main file of the configuration; empty for none
     * @param nginxConfPlace begins error lines about it
     */
    public LogFormats(Optional<Path> nginxConf, String nginxConfPlace) {
        this.nginxConf = nginxConf;
        this.nginxConfPlace = nginxConfPlace;
    }

    /**
     * The format that a setting means.
     *
     * @param place begins the error line
     * @throws ConfigException when there is no such format, or its lines could not be told apart
     */
    public LogFormat of(String place, String text) {
        try {
            if (FormatText.isFormat(text)) {
                return FormatText.parse(text);
            }
            String name = text.strip();
            if (name.equals(LogFormat.LOGTAIL.name())) {
                // Whatever nginx calls so: both versions, and their own decoder.
                return LogFormat.LOGTAIL;
            }
            if (nginxConf.isPresent() && conf(nginxConf.get()).names().contains(name)) {
                return conf(nginxConf.get()).format(name);
            }
            return KnownFormats.named(name).orElseThrow(() -> ConfigException.at(place, unknown(name)));
        } catch (InvalidFormatException e) {
            throw ConfigException.at(place, Quote.visible(e.what()));
        }
    }

    private String unknown(String name) {
        Set<String> names = new LinkedHashSet<>(KnownFormats.names());
        if (read != null) {
            names.addAll(read.names());
        }
        String where = nginxConf.isPresent() ? " and no log_format of nginxConf" : " and there is no nginxConf";
        return Quote.text(name) + " is no known format" + where + Nearest.hint(name, names, Quote::text);
    }

    private NginxConf conf(Path file) {
        NginxConf known = read;
        if (known == null) {
            String where = nginxConfPlace + ": " + Quote.visible(file.toString());
            Path directory =
                    Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
            try {
                known = NginxConf.of(text(where, file), pattern -> included(directory, pattern));
            } catch (InvalidFormatException e) {
                throw ConfigException.at(where, e.what());
            }
            read = known;
        }
        return known;
    }

    /** Relative names are those of files beside the main one, as nginx has it. */
    private List<String> included(Path directory, String pattern) {
        return PathPattern.expand(directory, pattern).stream()
                .map(file -> text(nginxConfPlace + ": " + Quote.visible(file.toString()), file))
                .toList();
    }

    private static String text(String where, Path file) {
        return new String(ConfigFile.bytes(where, file.toString()), StandardCharsets.UTF_8);
    }
}

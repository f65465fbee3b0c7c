package logtail.runtime.config;

import static logtail.runtime.config.Section.COLLECTOR;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logtail.core.format.LogFormat;
import logtail.core.format.WebsitePattern;

/** The file with one path or glob per line that {@code logsFile} names. */
final class LogsFile {
    private LogsFile() {}

    /** The entries of {@code logs}, then those of the file, each with its format. Blocks. */
    static List<FollowedLog> inputs(Settings settings, LogFormats formats) {
        List<LogInput> inputs = new ArrayList<>(settings.get(COLLECTOR, ConfigKeys.LOGS));
        Setting<Optional<Path>> file = settings.setting(COLLECTOR, ConfigKeys.LOGS_FILE);
        file.value().ifPresent(path -> inputs.addAll(read(file.place(), path)));
        return inputs.stream().map(input -> followed(settings, formats, input)).toList();
    }

    private static FollowedLog followed(Settings settings, LogFormats formats, LogInput input) {
        Setting<String> usual = settings.setting(COLLECTOR, ConfigKeys.LOG_FORMAT);
        String place = input.format().isEmpty()
                ? usual.place()
                : settings.setting(COLLECTOR, ConfigKeys.LOGS).place() + ": " + Quote.text(input.glob());
        LogFormat format = formats.of(place, input.orFormat(usual.value()).format());
        return new FollowedLog(input.glob(), format, new WebsitePattern(input.website()));
    }

    private static List<LogInput> read(String place, Path file) {
        String where = place + ": " + Quote.visible(file.toString());
        String text = new String(ConfigFile.bytes(where, file.toString()), StandardCharsets.UTF_8);
        List<LogInput> inputs = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\r?\n")) {
            number++;
            String glob = line.strip();
            if (!glob.isEmpty() && !glob.startsWith("#")) {
                inputs.add(new LogInput(glob(where + ":" + number, glob), ""));
            }
        }
        return inputs;
    }

    private static String glob(String where, String text) {
        try {
            return GlobsType.glob(text);
        } catch (Invalid e) {
            throw ConfigException.at(where, e.what());
        }
    }
}

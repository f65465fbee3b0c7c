package logtail.runtime.config;

import static logtail.runtime.config.Section.COLLECTOR;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file with one path or glob per line that {@code logsFile} names. */
final class LogsFile {
    private LogsFile() {}

    /** The entries of {@code logs}, then those of the file, each with its format. Blocks. */
    static List<LogInput> inputs(Settings settings) {
        List<LogInput> inputs = new ArrayList<>(settings.get(COLLECTOR, ConfigKeys.LOGS));
        Setting<Optional<Path>> file = settings.setting(COLLECTOR, ConfigKeys.LOGS_FILE);
        file.value().ifPresent(path -> inputs.addAll(read(file.place(), path)));
        String format = settings.get(COLLECTOR, ConfigKeys.LOG_FORMAT);
        return inputs.stream().map(input -> input.orFormat(format)).toList();
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

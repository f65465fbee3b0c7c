package logtail.runtime.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import logtail.core.text.Nearest;
import org.jspecify.annotations.Nullable;

/** One reading of all sources of a program, used once. */
final class Reading {
    private final Program program;
    private final Sources sources;
    private final List<Program.Slot> slots;
    private final Map<Program.Slot, Setting<?>> best = new HashMap<>();

    Reading(Program program, Sources sources) {
        this.program = program;
        this.sources = sources;
        this.slots = program.slots();
    }

    Settings settings() {
        // From the weakest to the strongest: a later one replaces an earlier one.
        ConfigFile file = sources.file();
        if (file != null) {
            readFile(file);
        }
        List<String> ignored = readEnvironment();
        readFlags();
        List<Setting<?>> inOrder = new ArrayList<>();
        for (Program.Slot slot : slots) {
            if (!best.containsKey(slot)) {
                readDefault(slot);
            }
            inOrder.add(best.get(slot));
        }
        return new Settings(program, file == null ? program.id() : file.where(), inOrder, ignored);
    }

    private void readDefault(Program.Slot slot) {
        String written = slot.defaultText();
        String text = written.equals(ConfigKeys.HOST_NAME) ? sources.hostName().get() : written;
        keep(slot, slot.key(), type -> type.ofText(text), text, Origin.DEFAULT);
    }

    private void readFlags() {
        Map<String, Program.Slot> known = by(Program.Slot::flag);
        sources.flags().forEach((flag, text) -> {
            Program.Slot slot = known.get(flag);
            String dashed = "--" + flag;
            if (slot == null) {
                throw ConfigException.at(
                        program.id(),
                        "unknown flag " + Quote.visible(dashed)
                                + Nearest.hint(flag, known.keySet(), name -> "--" + name));
            }
            keep(slot, slot.key(), type -> type.ofText(text), text, new Origin(Origin.Kind.FLAG, dashed));
        });
    }

    private List<String> readEnvironment() {
        Map<String, Program.Slot> known = by(Program.Slot::variable);
        List<String> ignored = new ArrayList<>();
        for (String variable : new TreeSet<>(sources.environment().keySet())) {
            Program.Slot slot = known.get(variable);
            if (slot != null) {
                String text = sources.environment().getOrDefault(variable, "");
                Origin origin = new Origin(Origin.Kind.ENVIRONMENT, variable);
                keep(slot, slot.key(), type -> type.ofText(text), text, origin);
            } else if (program.sections().stream().anyMatch(s -> variable.startsWith(s.variablePrefix()))) {
                ignored.add(variable);
            }
        }
        return ignored;
    }

    private Map<String, Program.Slot> by(Function<Program.Slot, String> spelling) {
        Map<String, Program.Slot> known = new LinkedHashMap<>();
        slots.forEach(slot -> known.put(spelling.apply(slot), slot));
        return known;
    }

    private void readFile(ConfigFile file) {
        readGroup(file, "", file.json(), by(Program.Slot::path));
    }

    /** Reads one object; {@code prefix} is its path with a dot behind it, empty for the outermost. */
    private void readGroup(ConfigFile file, String prefix, JsonObject group, Map<String, Program.Slot> known) {
        for (String name : group.fieldNames()) {
            String path = prefix + name;
            Object json = group.getValue(name);
            Program.Slot slot = name.indexOf('.') < 0 ? known.get(path) : null;
            if (slot != null) {
                readJson(file, slot, json);
            } else if (!isGroup(known, path) || name.indexOf('.') >= 0) {
                throw ConfigException.at(file.where(), "unknown key " + Quote.text(path) + hint(path, known));
            } else if (json instanceof JsonObject inner) {
                readGroup(file, path + ".", inner, known);
            } else {
                throw ConfigException.at(
                        file.where(), Quote.text(path) + ": " + Quote.json(json) + " is not an object of keys");
            }
        }
    }

    private static boolean isGroup(Map<String, Program.Slot> known, String path) {
        return known.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
    }

    private String hint(String path, Map<String, Program.Slot> known) {
        if (known.containsKey(path)) {
            return ", dots are nested objects: " + nested(path);
        }
        if (!program.isSectioned() && Section.of(path).isPresent()) {
            return ": sections are for standalone and demo";
        }
        return Nearest.hint(path, keysAndGroups(known.keySet()), Quote::text);
    }

    private static Set<String> keysAndGroups(Set<String> keys) {
        Set<String> words = new LinkedHashSet<>(keys);
        for (String key : keys) {
            for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
                words.add(key.substring(0, dot));
            }
        }
        return words;
    }

    /** {@code rings.fine.top} as {@code {"rings":{"fine":{"top":...}}}}. */
    private static String nested(String path) {
        String[] names = path.split("\\.");
        return "{\"" + String.join("\":{\"", names) + "\":..." + "}".repeat(names.length);
    }

    private void readJson(ConfigFile file, Program.Slot slot, @Nullable Object json) {
        String text = json instanceof String || json instanceof Number ? json.toString() : "";
        Origin origin = new Origin(Origin.Kind.FILE, file.where());
        keep(slot, slot.key(), type -> type.ofJson(json), text, origin);
    }

    private <T> void keep(
            Program.Slot slot, ConfigKey<T> key, Function<ValueType<T>, T> read, String text, Origin origin) {
        try {
            T value = read.apply(key.type());
            best.put(
                    slot, new Setting<>(slot, value, text.isEmpty() ? key.type().text(value) : text, origin));
        } catch (Invalid e) {
            throw ConfigException.at(origin.place(slot), e.what());
        }
    }
}

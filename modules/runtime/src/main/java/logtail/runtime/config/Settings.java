package logtail.runtime.config;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The effective value of every key of a program, and where each came from. */
public final class Settings {
    /** Marks JSON that holds every value already; its value is the program. */
    static final String EFFECTIVE = "effective";

    private final Program program;
    private final String where;
    private final Map<Section, Map<ConfigKey<?>, Setting<?>>> settings = new LinkedHashMap<>();
    private final List<String> ignoredVariables;

    Settings(Program program, String where, List<Setting<?>> settings, List<String> ignoredVariables) {
        this.program = program;
        this.where = where;
        this.ignoredVariables = List.copyOf(ignoredVariables);
        for (Setting<?> setting : settings) {
            this.settings
                    .computeIfAbsent(setting.slot().section(), section -> new LinkedHashMap<>())
                    .put(setting.slot().key(), setting);
        }
    }

    /**
     * Reads every source; a bad value is an error even where another source wins.
     *
     * @throws ConfigException for an unknown key, or a value that breaks the rule of its key
     */
    public static Settings resolve(Program program, Sources sources) {
        return new Reading(program, sources).settings();
    }

    public Program program() {
        return program;
    }

    /** Begins error lines about the whole: the file, or the program when there is none. */
    String where() {
        return where;
    }

    /** Every setting, service by service, in the order of the table. */
    public List<Setting<?>> all() {
        return settings.values().stream()
                .<Setting<?>>flatMap(section -> section.values().stream())
                .toList();
    }

    /** Environment variables that have the prefix of a service but are none of its keys. */
    public List<String> ignoredVariables() {
        return ignoredVariables;
    }

    /** The setting of a key that the service has. */
    @SuppressWarnings("unchecked") // a setting is filed under its own key
    <T> Setting<T> setting(Section section, ConfigKey<T> key) {
        Map<ConfigKey<?>, Setting<?>> ofSection = settings.getOrDefault(section, Map.of());
        Setting<?> setting = ofSection.get(key);
        if (setting == null) {
            throw new NoSuchElementException(section.id() + " has no key " + key);
        }
        return (Setting<T>) setting;
    }

    <T> T get(Section section, ConfigKey<T> key) {
        return setting(section, key).value();
    }

    /** Every value, as the program's verticle takes it; reads back equal through {@link Config#ofVerticle}. */
    public JsonObject toJson() {
        if (!program.isSectioned()) {
            return toJson(program.sections().get(0));
        }
        JsonObject json = new JsonObject().put(EFFECTIVE, program.id());
        program.sections().forEach(section -> json.put(section.id(), values(section)));
        return json;
    }

    /** Every value of one service, as that service's verticle takes it. */
    public JsonObject toJson(Section section) {
        return new JsonObject().put(EFFECTIVE, section.id()).mergeIn(values(section));
    }

    private JsonObject values(Section section) {
        JsonObject values = new JsonObject();
        settings.getOrDefault(section, Map.of()).values().forEach(setting -> put(values, setting));
        return values;
    }

    private static void put(JsonObject values, Setting<?> setting) {
        String[] path = setting.slot().key().name().split("\\.");
        JsonObject group = values;
        for (int i = 0; i < path.length - 1; i++) {
            if (!group.containsKey(path[i])) {
                group.put(path[i], new JsonObject());
            }
            group = group.getJsonObject(path[i]);
        }
        group.put(path[path.length - 1], setting.json());
    }
}

package logtail.runtime.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One row of the table of keys: everything that flags, files, the environment, help and documentation know of it.
 *
 * @param <T> what the program gets
 */
public final class ConfigKey<T> {
    private final String name;
    private final ValueType<T> type;
    private final Map<Section, String> defaults;
    private final String about;

    private ConfigKey(String name, ValueType<T> type, Map<Section, String> defaults, String about) {
        this.name = name;
        this.type = type;
        this.defaults = Collections.unmodifiableMap(defaults);
        this.about = about;
    }

    static <T> ConfigKey<T> of(String name, ValueType<T> type, String about) {
        return new ConfigKey<>(name, type, new EnumMap<>(Section.class), about);
    }

    /** The same key in one more service, with its default as text. */
    ConfigKey<T> in(Section section, String defaultText) {
        EnumMap<Section, String> more = new EnumMap<>(Section.class);
        more.putAll(defaults);
        more.put(section, defaultText);
        return new ConfigKey<>(name, type, more, about);
    }

    /** Dotted name in JSON, where dots are nested objects. */
    public String name() {
        return name;
    }

    public ValueType<T> type() {
        return type;
    }

    /** One sentence: what it is, in which unit, and what follows from it. */
    public String about() {
        return about;
    }

    /** The services that have it. */
    public Set<Section> sections() {
        return defaults.keySet();
    }

    /** Default as text; empty for none. */
    public String defaultText(Section section) {
        return defaults.getOrDefault(section, "");
    }

    /** {@code rings.fine.keyBytes} as a flag without dashes: {@code rings-fine-key-bytes}. */
    public String flag() {
        return name.replace('.', '-').replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** {@code rings.fine.keyBytes} in the environment, without prefix: {@code RINGS_FINE_KEY_BYTES}. */
    public String variable() {
        return flag().replace('-', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}

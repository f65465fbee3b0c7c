package logtail.runtime.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be started with a configuration: one service, or several in one process. */
public enum Program {
    COLLECTOR(Section.COLLECTOR),
    FRONTEND(Section.FRONTEND),
    STANDALONE(Section.COLLECTOR, Section.FRONTEND),
    DEMO(Section.COLLECTOR, Section.FRONTEND);

    private final List<Section> sections;

    Program(Section... sections) {
        this.sections = List.of(sections);
    }

    /** Name of the command that starts it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The services it runs, in the order in which they start. */
    public List<Section> sections() {
        return sections;
    }

    /** Whether its file has one section per service. */
    public boolean isSectioned() {
        return sections.size() > 1;
    }

    /** The program of that name. */
    public static Optional<Program> of(String id) {
        return Arrays.stream(values()).filter(p -> p.id().equals(id)).findFirst();
    }

    /** The keys of all its services, in the order of the table. */
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        for (Section section : sections) {
            ConfigKeys.of(section).forEach(key -> slots.add(new Slot(this, section, key)));
        }
        return slots;
    }

    /**
     * One key of one service of a program, and its three spellings.
     *
     * @param program decides whether JSON has sections and flags name the service
     */
    public record Slot(Program program, Section section, ConfigKey<?> key) {
        /** Dotted path in JSON, such as {@code rings.fine.bucket} or {@code collector.rings.fine.bucket}. */
        public String path() {
            return program.isSectioned() ? section.id() + "." + key.name() : key.name();
        }

        /** Flag without dashes: the collector's keys stand as they are, others name their service when sectioned. */
        public String flag() {
            boolean named = program.isSectioned() && section != Section.COLLECTOR;
            return named ? section.id() + "-" + key.flag() : key.flag();
        }

        /** Environment variable, such as {@code COLLECTOR_RINGS_FINE_BUCKET}. */
        public String variable() {
            return section.variablePrefix() + key.variable();
        }

        /** Default as text; the host's name where the table says so. */
        public String defaultText() {
            return ConfigKeys.defaultText(program, section, key);
        }
    }
}

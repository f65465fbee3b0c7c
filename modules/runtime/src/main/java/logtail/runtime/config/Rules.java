package logtail.runtime.config;

import static logtail.runtime.config.Section.COLLECTOR;
import static logtail.runtime.config.Section.FRONTEND;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What values must be in relation to each other. */
final class Rules {
    /** A row has three texts (website, URI, source tag) and some bytes of numbers. */
    private static final int FIELDS_PER_KEY = 4;

    private final Settings settings;

    private Rules(Settings settings) {
        this.settings = settings;
    }

    static void check(Config config) {
        Rules rules = new Rules(config.settings());
        List<Section> sections = config.program().sections();
        if (sections.contains(COLLECTOR)) {
            rules.checkCollector();
            // The demo brings its own traffic.
            if (config.program() != Program.DEMO) {
                rules.checkInput(config.collector());
            }
        }
        if (sections.contains(FRONTEND)) {
            rules.checkFrontend(config.program());
        }
        rules.checkListeners();
    }

    private void checkInput(CollectorConfig collector) {
        if (collector.files().logs().isEmpty() && !collector.udp().isOn()) {
            throw ConfigException.at(
                    settings.where(),
                    "nothing to read, give log files (logs, --logs or logsFile, --logs-file) or a UDP port"
                            + " (logtailPort, --logtail-port)");
        }
    }

    private void checkCollector() {
        notAbove(COLLECTOR, ConfigKeys.LIMITS_FIELD_BYTES, 1, ConfigKeys.LIMITS_LINE_BYTES);
        notAbove(COLLECTOR, ConfigKeys.LIMITS_FIELD_BYTES, FIELDS_PER_KEY, ConfigKeys.STORE_KEY_BYTES);
        notAbove(COLLECTOR, ConfigKeys.LIMITS_FIELD_BYTES, FIELDS_PER_KEY, ConfigKeys.RINGS_FINE_KEY_BYTES);
        notAbove(COLLECTOR, ConfigKeys.LIMITS_FIELD_BYTES, FIELDS_PER_KEY, ConfigKeys.RINGS_COARSE_KEY_BYTES);
    }

    private void checkFrontend(Program program) {
        notAbove(FRONTEND, ConfigKeys.N, 1, ConfigKeys.LIMITS_N);
        Setting<Optional<HostPort>> target = settings.setting(FRONTEND, ConfigKeys.TARGET);
        if (target.value().isEmpty() && !program.isSectioned()) {
            throw ConfigException.at(target.place(), "is empty, give the address of a collector or an aggregator");
        }
    }

    /** Requires {@code small * factor <= big}; the one of the two that was written is blamed. */
    private void notAbove(Section section, ConfigKey<Integer> small, int factor, ConfigKey<Integer> big) {
        Setting<Integer> left = settings.setting(section, small);
        Setting<Integer> right = settings.setting(section, big);
        if ((long) left.value() * factor <= right.value()) {
            return;
        }
        Setting<Integer> blamed = left.origin().kind() == Origin.Kind.DEFAULT ? right : left;
        String times = factor == 1 ? "" : factor + " x ";
        throw ConfigException.at(
                blamed.place(),
                times + small + " (" + left.text() + ") must not be above " + big + " (" + right.text() + ")");
    }

    /** Two TCP listeners of one process cannot have the same port on overlapping addresses. */
    private void checkListeners() {
        List<Listener> seen = new ArrayList<>();
        for (Section section : settings.program().sections()) {
            Setting<HostPort> listen = settings.setting(section, ConfigKeys.LISTEN);
            addListener(seen, new Listener(listen, listen.value()));
            Setting<Optional<HostPort>> metrics = settings.setting(section, ConfigKeys.PROM_LISTEN);
            metrics.value().ifPresent(address -> addListener(seen, new Listener(metrics, address)));
        }
    }

    private record Listener(Setting<?> setting, HostPort address) {
        boolean overlaps(Listener other) {
            boolean sameHost = address.host().equals(other.address.host())
                    || address.host().isEmpty()
                    || other.address.host().isEmpty();
            return address.port() != 0 && address.port() == other.address.port() && sameHost;
        }
    }

    private static void addListener(List<Listener> seen, Listener added) {
        for (Listener other : seen) {
            if (added.overlaps(other)) {
                boolean written = added.setting().origin().kind() != Origin.Kind.DEFAULT;
                Setting<?> blamed = written ? added.setting() : other.setting();
                Setting<?> holder = written ? other.setting() : added.setting();
                throw ConfigException.at(
                        blamed.place(),
                        Quote.text(blamed.text()) + " is the port of "
                                + holder.slot().path() + " too");
            }
        }
        seen.add(added);
    }
}

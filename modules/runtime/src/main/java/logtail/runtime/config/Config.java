package logtail.runtime.config;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The effective configuration of a program: typed, complete, and its values fit each other. */
public final class Config {
    private final Settings settings;
    private final Optional<CollectorConfig> collector;
    private final Optional<FrontendConfig> frontend;

    private Config(Settings settings) {
        this.settings = settings;
        this.collector =
                has(settings, Section.COLLECTOR) ? Optional.of(CollectorConfig.of(settings)) : Optional.empty();
        this.frontend = has(settings, Section.FRONTEND) ? Optional.of(FrontendConfig.of(settings)) : Optional.empty();
    }

    /**
     * Reads every source, for a program that is started from the command line. Blocks.
     *
     * @throws ConfigException when anything stops the program from starting with it
     */
    public static Config load(Program program, Sources sources) {
        Config config = new Config(Settings.resolve(program, sources));
        Rules.check(config);
        return config;
    }

    /**
     * Reads what a verticle was deployed with: what {@link #toJson()} made, or the content of a file, which the
     * environment overrides. Blocks, for a moment: reads the file that {@code logsFile} names.
     *
     * @throws ConfigException when it is empty (D35), or anything stops the program from starting with it
     */
    public static Config ofVerticle(Program program, @Nullable JsonObject json) {
        return ofVerticle(program, json, System.getenv());
    }

    static Config ofVerticle(Program program, @Nullable JsonObject json, Map<String, String> environment) {
        if (json == null || json.isEmpty()) {
            throw ConfigException.at(program.id(), "the configuration is empty, give one with -conf FILE");
        }
        boolean effective = json.containsKey(Settings.EFFECTIVE);
        JsonObject values = json.copy();
        Object marker = values.remove(Settings.EFFECTIVE);
        Program actual = program == Program.STANDALONE && Program.DEMO.id().equals(marker) ? Program.DEMO : program;
        ConfigFile file = new ConfigFile(program.id() + " configuration", values);
        // Effective values were read from the environment once; reading it again would overrule flags.
        Map<String, String> variables = effective ? Map.of() : environment;
        Settings settings = Settings.resolve(actual, new Sources(Map.of(), variables, file, HostName::local));
        Config config = new Config(settings);
        if (!effective) {
            Rules.check(config);
        }
        return config;
    }

    private static boolean has(Settings settings, Section section) {
        return settings.program().sections().contains(section);
    }

    /** What it was made of, with origins. */
    public Settings settings() {
        return settings;
    }

    public Program program() {
        return settings.program();
    }

    /** The collector's part, in programs that run one. */
    public CollectorConfig collector() {
        return collector.orElseThrow(() -> new NoSuchElementException(program().id() + " runs no collector"));
    }

    /** The frontend's part, in programs that run one. */
    public FrontendConfig frontend() {
        return frontend.orElseThrow(() -> new NoSuchElementException(program().id() + " runs no frontend"));
    }

    /** For the deployment options of the program's verticle. */
    public JsonObject toJson() {
        return settings.toJson();
    }

    /** For the deployment options of the verticle of one of its services. */
    public JsonObject toJson(Section section) {
        return settings.toJson(section);
    }
}

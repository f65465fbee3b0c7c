package logtail.verify.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to start {@code logtail.jar}: arguments, and what surrounds the JVM. */
public final class Launch {
    private static final String STOCK_LAUNCHER = "io.vertx.launcher.application.VertxApplication";

    private final List<String> arguments;
    private final List<String> wrapper = new ArrayList<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private @Nullable Path jar;
    private @Nullable Path folder;
    private boolean stockLauncher;

    private Launch(List<String> arguments) {
        this.arguments = arguments;
    }

    /** {@code java -jar logtail.jar ARGUMENTS}. */
    public static Launch of(String... arguments) {
        return new Launch(Arrays.asList(arguments));
    }

    /** {@code java -jar logtail.jar ARGUMENTS}. */
    public static Launch of(List<String> arguments) {
        return new Launch(List.copyOf(arguments));
    }

    /** {@code java -cp logtail.jar VertxApplication ARGUMENTS}. */
    public static Launch byStockLauncher(String... arguments) {
        Launch launch = of(arguments);
        launch.stockLauncher = true;
        return launch;
    }

    /** Options in front of {@code -jar}. */
    public Launch jvm(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** A variable for the process. */
    public Launch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A command in front of {@code java} that runs what follows it. */
    public Launch under(String... command) {
        wrapper.addAll(List.of(command));
        return this;
    }

    /** A copy of the jar, for users who may not read the checkout. */
    public Launch jar(Path copy) {
        jar = copy;
        return this;
    }

    /** The working directory; by default the checkout. */
    public Launch in(Path workingDirectory) {
        folder = workingDirectory;
        return this;
    }

    /** Starts it and waits for {@code ready}. */
    public LogtailProcess start() {
        LogtailProcess process = startUnready();
        try {
            return process.awaitReady();
        } catch (AssertionError neverReady) {
            process.close();
            throw neverReady;
        }
    }

    /** Starts it and waits for nothing. */
    public LogtailProcess startUnready() {
        Path runnable = jar != null ? jar : Jar.path();
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        if (stockLauncher) {
            command.addAll(List.of("-cp", runnable.toString(), STOCK_LAUNCHER));
        } else {
            command.addAll(List.of("-jar", runnable.toString()));
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .directory((folder != null ? folder : Jar.root()).toFile());
        withoutOurVariables(builder.environment()).putAll(environment);
        try {
            return new LogtailProcess(arguments, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    public Finished run() {
        return run(Await.PATIENCE);
    }

    /** Runs it to its end. */
    public Finished run(Duration patience) {
        try (LogtailProcess process = startUnready()) {
            return process.awaitExit(patience);
        }
    }

    /** A variable of the machine must not configure the program under test. */
    private static Map<String, String> withoutOurVariables(Map<String, String> environment) {
        environment
                .keySet()
                .removeIf(
                        name -> name.matches("(COLLECTOR|AGGREGATOR|FRONTEND)_.*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS"));
        return environment;
    }

    /**
     * A run that has ended.
     *
     * @param timeMs from start to end
     */
    public record Finished(int exitCode, List<String> stdout, List<String> stderr, long timeMs) {
        /** Both streams, for messages and for texts that may be on either. */
        public String everything() {
            return String.join("\n", stdout) + "\n" + String.join("\n", stderr);
        }
    }
}

package logtail.verify.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the machine. */
public final class Tools {
    /** Where a package puts what ordinary users do not call; not always in {@code PATH}. */
    private static final List<String> MORE_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin");

    private Tools() {}

    /** Skips the calling test (see {@link Requirement}) unless all of them are installed. */
    public static void require(String... names) {
        for (String name : names) {
            Requirement.met(find(name).isPresent(), name + " is not installed");
        }
    }

    /** The path of an installed program; {@link #require} it first. */
    public static String path(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not installed"))
                .toString();
    }

    private static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator)), MORE_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a command said. */
    public record Result(int exitCode, String stdout, String stderr) {
        /** Fails unless the command succeeded. */
        public Result ok() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + stdout + stderr);
            }
            return this;
        }
    }

    /** Runs a command to its end. */
    public static Result run(List<String> command) {
        return run(command, Map.of());
    }

    /** Runs a command to its end, with more environment. */
    public static Result run(List<String> command, Map<String, String> environment) {
        try {
            Path out = Files.createTempFile("stdout", ".txt");
            Path err = Files.createTempFile("stderr", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(environment);
                int exitCode = waitFor(builder.start(), command);
                return new Result(
                        exitCode,
                        new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                        new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int waitFor(Process process, List<String> command) {
        Duration patience = Await.PATIENCE.multipliedBy(2);
        try {
            if (!process.waitFor(patience.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience.toSeconds() + " s: " + command);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
    }
}

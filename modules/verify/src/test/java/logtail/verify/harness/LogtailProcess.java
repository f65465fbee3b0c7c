package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A running program of the jar: what it says, where it listens, what it costs, and how it ends. */
public final class LogtailProcess implements AutoCloseable {
    private static final Set<LogtailProcess> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(LogtailProcess::kill)));
    }

    private final List<String> arguments;
    private final Process process;
    private final Output stdout;
    private final Output stderr;
    private final long startedNanos = System.nanoTime();

    LogtailProcess(List<String> arguments, Process process) {
        this.arguments = arguments;
        this.process = process;
        this.stdout = new Output("stdout of " + process.pid(), process.getInputStream());
        this.stderr = new Output("stderr of " + process.pid(), process.getErrorStream());
        RUNNING.add(this);
    }

    /** Waits for the line {@code ready}; fails at once when the process ends before it. */
    public LogtailProcess awaitReady() {
        awaitLine("ready", "ready"::equals);
        return this;
    }

    /** Waits for a line on stdout, and returns it. */
    public String awaitLine(String what, java.util.function.Predicate<String> wanted) {
        return explained(() -> Await.until(
                        what,
                        Await.PATIENCE.multipliedBy(2),
                        () -> {
                            List<String> found =
                                    stdout().stream().filter(wanted).toList();
                            if (found.isEmpty() && !process.isAlive()) {
                                throw new AssertionError("ended with " + process.exitValue() + " before: " + what);
                            }
                            return found;
                        },
                        found -> !found.isEmpty())
                .get(0));
    }

    /** The port that this process said it listens on. */
    public int port(String kind, String program) {
        return listening().stream()
                .filter(one -> one.kind().equals(kind) && one.program().equals(program))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no listening " + kind + " ... " + program + "\n" + report()))
                .port();
    }

    /** Every address that it said it listens on. */
    public List<Listening> listening() {
        return stdout().stream().flatMap(line -> Listening.parse(line).stream()).toList();
    }

    /** Lines on stdout until now. */
    public List<String> stdout() {
        return stdout.lines();
    }

    /** Lines on stderr until now. */
    public List<String> stderr() {
        return stderr.lines();
    }

    /** How many lines it has written. */
    public long lineCount() {
        return stdout.count() + stderr.count();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM. */
    public void terminate() {
        java().destroy();
    }

    /** Sends SIGKILL, also to what it started. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Waits for its end. */
    public Launch.Finished awaitExit(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + patience.toSeconds() + " s\n" + report());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        long timeMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        RUNNING.remove(this);
        return new Launch.Finished(process.exitValue(), stdout.toEnd(), stderr.toEnd(), timeMs);
    }

    /** Id of the JVM, also when a wrapper such as strace started it. */
    public long pid() {
        return java().pid();
    }

    private ProcessHandle java() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElse(process.toHandle());
    }

    /** Resident memory. */
    public long residentBytes() {
        return statusKiB("VmRSS:") * 1024;
    }

    private long statusKiB(String field) {
        return lines(proc("status")).stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + field + " in /proc"));
    }

    /** CPU time used by all its threads, in milliseconds. */
    public long cpuMs() {
        String stat = lines(proc("stat")).get(0);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return ticks * 10; // USER_HZ is 100 on Linux
    }

    /** What its descriptors point at. */
    public List<String> openFiles() {
        List<String> targets = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(proc("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    targets.add(Files.readSymbolicLink(descriptor).toString());
                } catch (IOException closedMeanwhile) {
                    continue;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return targets;
    }

    private Path proc(String name) {
        return Path.of("/proc", Long.toString(pid()), name);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it said and what its threads do: for the message of a failed test. */
    public String report() {
        return "=== " + String.join(" ", arguments) + "\n" + Output.tail("stdout", stdout())
                + Output.tail("stderr", stderr())
                + threads();
    }

    /** The report of every process that runs now. */
    static String reportAll() {
        StringBuilder all = new StringBuilder();
        RUNNING.forEach(process -> all.append(process.report()));
        return all.toString();
    }

    private String threads() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!process.isAlive() || !Files.isExecutable(jcmd)) {
            return "";
        }
        return "--- threads\n"
                + Tools.run(List.of(jcmd.toString(), Long.toString(pid()), "Thread.print"))
                        .stdout();
    }

    private <T> T explained(java.util.function.Supplier<T> step) {
        try {
            return step.get();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + report(), e);
        }
    }

    @Override
    public void close() {
        RUNNING.remove(this);
        if (process.isAlive()) {
            terminate();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    kill();
                }
            } catch (InterruptedException e) {
                kill();
                Thread.currentThread().interrupt();
            }
        }
    }
}

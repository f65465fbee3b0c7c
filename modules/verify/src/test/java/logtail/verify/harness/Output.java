package logtail.verify.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a process writes, line by line, read by a thread of its own so that the process never waits for us. */
final class Output {
    /** More than any test makes a service say; beyond, lines are counted only. */
    private static final int LINES_MAX = 100_000;

    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private long count;

    Output(String name, InputStream stream) {
        reader = new Thread(() -> read(stream), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(reading stopped: " + e + ")");
        }
    }

    private synchronized void add(String line) {
        count++;
        if (lines.size() < LINES_MAX) {
            lines.add(line);
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** How many lines were written, kept or not. */
    synchronized long count() {
        return count;
    }

    /** Waits until the process has closed the stream. */
    List<String> toEnd() {
        try {
            reader.join(Await.PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return lines();
    }

    static String tail(String title, List<String> lines) {
        int from = Math.max(0, lines.size() - 40);
        return Stream.concat(Stream.of("--- " + title), lines.subList(from, lines.size()).stream())
                .reduce("", (all, line) -> all + line + "\n");
    }
}

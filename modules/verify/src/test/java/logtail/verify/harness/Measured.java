package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A program that ran from its start to its end.
 *
 * @param cpuSeconds of all its threads, in user mode and in the kernel
 * @param wallSeconds from start to end
 * @param stdout what it printed
 */
public record Measured(double cpuSeconds, double wallSeconds, String stdout) {
    /**
     * Runs a program on some cores.
     *
     * @param cpus as {@code taskset -c} takes them
     * @throws AssertionError when it fails
     */
    public static Measured run(String cpus, List<String> command) {
        List<String> timed = new ArrayList<>(List.of(
                "bash", "-c", "out=$1; shift; TIMEFORMAT='%U %S %R'; { time \"$@\" 2>&3; } 3>&2 2>\"$out\"", "time"));
        try {
            Path times = Files.createTempFile("times", ".txt");
            timed.add(times.toString());
            timed.addAll(List.of("taskset", "-c", cpus));
            timed.addAll(command);
            Tools.Result result = Tools.run(timed).ok();
            String[] seconds = Files.readString(times).trim().split(" ");
            Files.delete(times);
            return new Measured(
                    Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1]),
                    Double.parseDouble(seconds[2]),
                    result.stdout());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The word behind the first one that ends with {@code name=} in what it printed. */
    public String value(String name) {
        for (String word : stdout.split("\\s+")) {
            if (word.startsWith(name + "=")) {
                return word.substring(name.length() + 1);
            }
        }
        throw new AssertionError(String.format(Locale.ROOT, "no %s= in %s", name, stdout));
    }
}

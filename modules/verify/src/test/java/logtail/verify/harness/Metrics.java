package logtail.verify.harness;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One scrape of a metrics page, in the Prometheus text format 0.0.4. */
public final class Metrics {
    private final List<Sample> samples;

    private Metrics(List<Sample> samples) {
        this.samples = samples;
    }

    /** A line of the page. */
    public record Sample(String name, Map<String, String> labels, double value) {
        /** The value of a label; empty when the sample does not carry it, which is the same to Prometheus. */
        public String label(String label) {
            return labels.getOrDefault(label, "");
        }
    }

    /** Reads {@code /metrics}. */
    public static Metrics scrape(int port) {
        HttpResponse<String> page = Http.get(port, "/metrics");
        if (page.statusCode() != 200) {
            throw new AssertionError("metrics page answered " + page.statusCode() + ": " + page.body());
        }
        return parse(page.body());
    }

    /** Reads the text of a page; a line that is none fails. */
    public static Metrics parse(String page) {
        return new Metrics(page.lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> new LineReader(line).sample())
                .toList());
    }

    /** Every sample of a family. */
    public Stream<Sample> samples(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name));
    }

    /**
     * The sum of the samples that carry all these labels; 0 when there are none.
     *
     * @param labels name, value, name, value, ...
     */
    public double sum(String name, String... labels) {
        return samples(name)
                .filter(sample -> carries(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** As {@link #sum}, for counts of things. */
    public long count(String name, String... labels) {
        return Math.round(sum(name, labels));
    }

    /** Whether the page has the family at all. */
    public boolean has(String name) {
        return samples(name).findAny().isPresent();
    }

    private static boolean carries(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }

    /** Reads {@code name{label="value",...} number}. */
    private static final class LineReader {
        private final String line;
        private int at;

        LineReader(String line) {
            this.line = line;
        }

        Sample sample() {
            String name = until("{ ");
            Map<String, String> labels = new LinkedHashMap<>();
            if (line.charAt(at) == '{') {
                at++;
                while (line.charAt(at) != '}') {
                    String label = until("=");
                    at += 2;
                    labels.put(label, quoted());
                    if (line.charAt(at) == ',') {
                        at++;
                    }
                }
                at++;
            }
            String[] rest = line.substring(at).trim().split(" ");
            return new Sample(name, labels, number(rest[0]));
        }

        private String until(String ends) {
            int from = at;
            while (ends.indexOf(line.charAt(at)) < 0) {
                at++;
            }
            return line.substring(from, at);
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            for (; line.charAt(at) != '"'; at++) {
                char c = line.charAt(at);
                if (c == '\\') {
                    at++;
                    c = line.charAt(at) == 'n' ? '\n' : line.charAt(at);
                }
                value.append(c);
            }
            at++;
            return value.toString();
        }

        private static double number(String text) {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }
    }

    @Override
    public String toString() {
        List<String> own = new ArrayList<>();
        samples.stream()
                .filter(sample -> sample.name().startsWith("logtail_"))
                .forEach(sample -> own.add(sample.name() + sample.labels() + " " + sample.value()));
        return String.join("\n", own);
    }
}

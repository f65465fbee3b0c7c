package logtail.runtime.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What a client says it takes, in {@code Accept} or {@code Accept-Encoding}: names with weights (RFC 9110). */
record Accept(List<Range> ranges) {
    private static final String OPEN_METRICS = "application/openmetrics-text";

    record Range(String name, double weight) {}

    /** All header lines of one name. */
    static Accept of(List<String> headers) {
        return new Accept(headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(Accept::range)
                .filter(range -> !range.name.isEmpty())
                .toList());
    }

    private static Range range(String text) {
        String[] parts = text.toLowerCase(Locale.ROOT).split(";");
        double weight = 1;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith("q=")) {
                weight = weight(parameter.substring(2));
            }
        }
        return new Range(parts.length == 0 ? "" : parts[0].trim(), weight);
    }

    private static double weight(String text) {
        try {
            return Double.parseDouble(text.trim());
        } catch (NumberFormatException broken) {
            return 0;
        }
    }

    /** OpenMetrics for those who ask for it and like plain text no better. */
    PageFormat format() {
        double plain = weightOf("text/plain")
                .orElse(weightOf("text/*").orElse(weightOf("*/*").orElse(0)));
        double open = weightOf(OPEN_METRICS).orElse(0);
        return open > 0 && open >= plain ? PageFormat.OPEN_METRICS : PageFormat.TEXT;
    }

    /** Whether the answer may be compressed. */
    boolean gzip() {
        return weightOf("gzip").orElse(weightOf("*").orElse(0)) > 0;
    }

    /** The best weight of a name; several parameters of the same type stand as several ranges. */
    private OptionalDouble weightOf(String name) {
        return ranges.stream()
                .filter(range -> range.name.equals(name))
                .mapToDouble(Range::weight)
                .max();
    }
}

package logtail.verify.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a metrics page adds up to, read line by line: one at its limits is too large to be kept. */
public final class PageTotals {
    private final Map<String, long[]> families = new HashMap<>();
    private final Map<String, Long> kept = new HashMap<>();

    private PageTotals() {}

    /**
     * Reads {@code /metrics}.
     *
     * @param keep the samples, as written without their value, that {@link #value} will be asked for
     */
    public static PageTotals scrape(int port, Predicate<String> keep) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try {
            HttpResponse<Stream<String>> page =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofLines());
            if (page.statusCode() != 200) {
                throw new AssertionError("metrics page answered " + page.statusCode());
            }
            PageTotals totals = new PageTotals();
            page.body().filter(line -> !line.startsWith("#")).forEach(line -> totals.add(line, keep));
            return totals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void add(String line, Predicate<String> keep) {
        int blank = line.lastIndexOf(' ');
        int brace = line.indexOf('{');
        String sample = line.substring(0, blank);
        double value = line.endsWith("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(line.substring(blank));
        long[] family = families.computeIfAbsent(brace < 0 ? sample : line.substring(0, brace), name -> new long[2]);
        family[0]++;
        family[1] += Math.round(value);
        if (keep.test(sample)) {
            kept.put(sample, Math.round(value));
        }
    }

    /** Samples of a name. */
    public long series(String name) {
        return families.getOrDefault(name, new long[2])[0];
    }

    /** Their sum. */
    public long sum(String name) {
        return families.getOrDefault(name, new long[2])[1];
    }

    /** The value of a sample that was kept; 0 when it was not there. */
    public long value(String sample) {
        return kept.getOrDefault(sample, 0L);
    }
}

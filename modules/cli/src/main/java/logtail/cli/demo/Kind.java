package logtail.cli.demo;

import java.util.List;

/** What is asked for, and how such requests look. */
enum Kind {
    PAGE(List.of("GET", "GET", "GET", "GET", "GET", "GET", "GET", "GET", "HEAD"), 14_000, 45, true, 0.25),
    ASSET(List.of("GET"), 38_000, 2, false, 0.10),
    API(List.of("GET", "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "OPTIONS"), 1_900, 28, true, 0.45),
    FORM(List.of("POST", "POST", "GET"), 3_200, 120, true, 0.05);

    /** Drawn evenly. */
    final List<String> methods;

    final int medianBytes;
    final int medianMs;

    /** Whether nginx asks somebody else. */
    final boolean upstream;

    /** Share of requests with a query string. */
    final double queries;

    Kind(List<String> methods, int medianBytes, int medianMs, boolean upstream, double queries) {
        this.methods = methods;
        this.medianBytes = medianBytes;
        this.medianMs = medianMs;
        this.upstream = upstream;
        this.queries = queries;
    }
}

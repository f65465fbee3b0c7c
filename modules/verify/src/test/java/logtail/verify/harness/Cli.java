package logtail.verify.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The query commands, run as an operator's script runs them. */
public final class Cli {
    private Cli() {}

    /** Runs one command of the jar to its end. */
    public static Launch.Finished run(String... arguments) {
        return run(List.of(arguments));
    }

    /** Runs one command of the jar to its end. */
    public static Launch.Finished run(List<String> arguments) {
        return launch(arguments).run();
    }

    /** A command that lives a second: without the JVM's preparations for a long life. */
    public static Launch launch(List<String> arguments) {
        return Launch.of(arguments).jvm("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
    }

    /** {@code topn --json} against one target that must answer. */
    public static TopN topn(int port, String... arguments) {
        return topn(List.of(port), arguments).get(0);
    }

    /** {@code topn --json} against targets that must all answer. */
    public static List<TopN> topn(List<Integer> ports, String... arguments) {
        JsonArray answers = json("topn", ports, arguments);
        return IntStream.range(0, answers.size())
                .mapToObj(answers::getJsonObject)
                .map(TopN::of)
                .toList();
    }

    /** {@code trend --json} against one target that must answer: count by timestamp, oldest first. */
    public static Map<Long, Long> trend(int port, String... arguments) {
        JsonArray points =
                json("trend", List.of(port), arguments).getJsonObject(0).getJsonArray("points");
        Map<Long, Long> counts = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            JsonObject point = points.getJsonObject(i);
            counts.put(point.getLong("timestamp"), point.getLong("count"));
        }
        return counts;
    }

    /** A query whose JSON must come and whose exit code must be 0. */
    public static JsonArray json(String command, List<Integer> ports, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command, "--json", "--timeout", "30s", "--target", targets(ports)));
        all.addAll(List.of(arguments));
        Launch.Finished finished = run(all);
        if (finished.exitCode() != 0) {
            throw new AssertionError(all + " ended with " + finished.exitCode() + "\n" + finished.everything());
        }
        return new JsonArray(String.join("\n", finished.stdout()));
    }

    private static String targets(List<Integer> ports) {
        return String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList());
    }

    /**
     * An answer of {@code topn}.
     *
     * @param total what surely matches the filter (D11)
     * @param unknown what may match besides
     */
    public record TopN(
            String target,
            String source,
            String window,
            List<String> groupBy,
            long total,
            long unknown,
            boolean exact,
            int buckets,
            List<Entry> entries) {

        static TopN of(JsonObject json) {
            if (json.containsKey("error")) {
                throw new AssertionError("a target failed: " + json);
            }
            JsonArray rows = json.getJsonArray("entries");
            return new TopN(
                    json.getString("target"),
                    json.getString("source"),
                    json.getString("window"),
                    json.getJsonArray("group_by").stream().map(String::valueOf).toList(),
                    json.getLong("total"),
                    json.getLong("unknown"),
                    json.getBoolean("exact"),
                    json.getInteger("buckets"),
                    IntStream.range(0, rows.size())
                            .mapToObj(rows::getJsonObject)
                            .map(row -> new Entry(row.getString("label"), row.getLong("count"), row.getLong("at_most")))
                            .toList());
        }

        /** Count by label, in the answer's order. */
        public Map<String, Long> counts() {
            Map<String, Long> counts = new LinkedHashMap<>();
            entries.forEach(entry -> counts.put(entry.label(), entry.count()));
            return counts;
        }
    }

    /** A row of an answer. */
    public record Entry(String label, long count, long atMost) {}
}

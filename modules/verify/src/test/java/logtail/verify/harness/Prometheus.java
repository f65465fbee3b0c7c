package logtail.verify.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running Prometheus with a configuration and a folder of its own. */
public final class Prometheus implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;

    private Prometheus(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts one and waits until it is ready. */
    public static Prometheus start(Path configuration, Path folder) {
        Tools.require("prometheus");
        int port = Udp.freeTcpPort();
        Path log = folder.resolve("prometheus.log");
        ProcessBuilder builder = new ProcessBuilder(
                        Tools.path("prometheus"),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        try {
            Prometheus started = new Prometheus(builder.start(), log, port);
            try {
                Await.until(
                        "Prometheus to be ready",
                        () -> Http.get(port, "/-/ready").statusCode(),
                        code -> code == 200);
            } catch (AssertionError neverReady) {
                started.close();
                throw new AssertionError(String.join("\n", started.log()), neverReady);
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What an instant query answers; fails when it is refused. */
    public JsonArray query(String expression) {
        JsonObject data = api("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        return data.getJsonArray("result");
    }

    /** The one value of an instant query. */
    public double value(String expression) {
        JsonArray result = query(expression);
        if (result.size() != 1) {
            throw new AssertionError(expression + " has " + result.size() + " values: " + result);
        }
        return Double.parseDouble(result.getJsonObject(0).getJsonArray("value").getString(1));
    }

    /** The {@code data} of an answer of its API. */
    public JsonObject api(String path) {
        HttpResponse<String> response = Http.get(port, path);
        JsonObject answer = new JsonObject(response.body());
        if (!"success".equals(answer.getString("status"))) {
            throw new AssertionError(path + ": " + answer.getString("error"));
        }
        return answer.getValue("data") instanceof JsonObject object
                ? object
                : new JsonObject().put("result", answer.getJsonArray("data"));
    }

    /** What it has logged. */
    public List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

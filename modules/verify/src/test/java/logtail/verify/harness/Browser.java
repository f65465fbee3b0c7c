package logtail.verify.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real Chromium with one page, driven over its DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final String LISTENING = "DevTools listening on ";

    private final Process process;
    private final Path folder;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();

    private Browser(Process process, Path folder, int port) throws IOException, InterruptedException {
        this.process = process;
        this.folder = folder;
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest list = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                .build();
        String page = Await.until("the browser to have a page", () -> firstPage(http, list), url -> !url.isEmpty());
        this.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create(page), new Listener())
                .join();
        call("Page.enable", new JsonObject());
    }

    private static String firstPage(HttpClient http, HttpRequest list) {
        try {
            String body = http.send(list, HttpResponse.BodyHandlers.ofString()).body();
            return new JsonArray(body)
                    .stream()
                            .map(JsonObject.class::cast)
                            .filter(target -> target.getString("type").equals("page"))
                            .map(target -> target.getString("webSocketDebuggerUrl"))
                            .findFirst()
                            .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts one; call {@link Tools#require} for {@code chromium} first. */
    public static Browser start() {
        try {
            Path folder = Files.createTempDirectory("browser");
            Path said = folder.resolve("stderr.txt");
            Process process = new ProcessBuilder(List.of(
                            Tools.path("chromium"),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + folder,
                            "about:blank"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(said.toFile())
                    .start();
            int port = Await.until("the browser to listen", () -> port(said), found -> found > 0);
            return new Browser(process, folder, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int port(Path said) {
        try (Stream<String> lines = Files.lines(said)) {
            return lines.filter(line -> line.startsWith(LISTENING))
                    .map(line -> URI.create(line.substring(LISTENING.length())).getPort())
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows a page, and waits until it is there. */
    public void open(String url) {
        JsonObject navigated = call("Page.navigate", new JsonObject().put("url", url));
        if (navigated.containsKey("errorText")) {
            throw new AssertionError(url + ": " + navigated.getString("errorText"));
        }
        awaitPage();
    }

    private void awaitPage() {
        Await.until(
                "the page to be loaded", () -> evaluate("document.readyState").equals("complete"));
    }

    /** The window from now on. */
    public void look(int width, int height, boolean dark) {
        call(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        JsonObject scheme = new JsonObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light");
        call("Emulation.setEmulatedMedia", new JsonObject().put("features", new JsonArray().add(scheme)));
    }

    /** Presses the mouse button over the first element of a selector, and waits for the page behind it. */
    public void click(String selector) {
        String before = url();
        String quoted = new JsonArray().add(selector).encode();
        JsonObject place = new JsonObject(String.valueOf(evaluate("(() => { const e = document.querySelector(" + quoted
                + "[0]); e.scrollIntoView({block: 'center'}); const r = e.getClientRects()[0];"
                + " return JSON.stringify({x: r.x + r.width / 2, y: r.y + r.height / 2}); })()")));
        for (String type : List.of("mousePressed", "mouseReleased")) {
            call(
                    "Input.dispatchMouseEvent",
                    place.copy().put("type", type).put("button", "left").put("clickCount", 1));
        }
        Await.until("the page behind " + selector, () -> !url().equals(before));
        awaitPage();
    }

    public String url() {
        return String.valueOf(evaluate("location.href"));
    }

    /** What an expression comes to, as JSON has it; a promise is waited for. */
    public Object evaluate(String expression) {
        JsonObject answer = call(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", expression)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(answer.getJsonObject("exceptionDetails").encodePrettily());
        }
        return answer.getJsonObject("result").getValue("value", "");
    }

    private JsonObject call(String method, JsonObject parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        JsonObject message =
                new JsonObject().put("id", id).put("method", method).put("params", parameters);
        socket.sendText(message.encode(), true).join();
        JsonObject answered =
                answer.orTimeout(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (answered.containsKey("error")) {
            throw new AssertionError(method + ": " + answered.getJsonObject("error"));
        }
        return answered.getJsonObject("result");
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                CompletableFuture<JsonObject> answer = waiting.remove(message.getInteger("id", 0));
                if (answer != null) {
                    answer.complete(message);
                }
            }
            return WebSocket.Listener.super.onText(from, data, last);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Tools.run(List.of("rm", "-rf", folder.toString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

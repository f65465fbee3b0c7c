package logtail.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionException;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.line.InputStats;
import logtail.core.line.LogtailDecoder;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;
import logtail.core.store.LiveTable;
import logtail.core.store.RingLimits;
import logtail.core.store.Sealer;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.config.QueryLimits;
import logtail.runtime.service.LogtailServer;
import logtail.runtime.service.NodeView;
import logtail.runtime.service.ServiceEvents;
import logtail.wire.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrontendVerticleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private int deploy(JsonObject config) {
        FrontendVerticle verticle = new FrontendVerticle();
        vertx.deployVerticle(verticle, new DeploymentOptions().setConfig(config))
                .await();
        return verticle.port();
    }

    private static HttpResponse<String> get(int port, String url) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + url))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void shouldSayWhichNodeItCannotReach() throws Exception {
        String target = "127.0.0.1:" + freePort();
        int port = deploy(new JsonObject().put("listen", "127.0.0.1:0").put("target", target));

        HttpResponse<String> page = get(port, "/");

        assertThat(page.statusCode()).isEqualTo(502);
        assertThat(Outline.of(page.body()).lines())
                .contains("Cannot reach " + target)
                .anyMatch(line -> line.startsWith("UNAVAILABLE"));
    }

    @Test
    void shouldShowItsMetricsWhereItIsToldTo() throws Exception {
        int metrics = freePort();
        deploy(new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("promListen", "127.0.0.1:" + metrics)
                .put("target", "127.0.0.1:" + freePort()));

        assertThat(get(metrics, "/metrics").body()).contains("logtail_build_info{", "process_cpu_seconds_total ");
        assertThat(get(metrics, "/readyz").body()).isEqualTo("ready\n");
    }

    @Test
    void shouldShowWhatANodeCounted_overGrpc() throws Exception {
        String target = "127.0.0.1:" + node();
        int port = deploy(new JsonObject().put("listen", "127.0.0.1:0").put("target", target));

        HttpResponse<String> page = get(port, "/?w=1m&by=uri&f_status=%3E%3D400");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(Outline.of(page.body()).lines())
                .contains("web1 fresh", "2 requests", "every count is exact")
                .anyMatch(line ->
                        line.startsWith("| 1 | [/<b> -> /?w=1m&by=status&f_uri=/%3Cb%3E&f_status=%3E%3D400] | 2 |"));
    }

    /** A node that has counted for two minutes; its port. */
    private int node() {
        KeyHash hash = new KeyHash(1, 2);
        TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
        Sealer sealer = new Sealer(layout, hash, 60, RingLimits.FINE, RingLimits.COARSE);
        LiveTable table = new LiveTable(layout, hash, 1_000, 1 << 20, LiveTable.Overflow.FOLD);
        for (long startSeconds : List.of(0L, 60L)) {
            table.clear();
            table.add(decoded(layout, hash, "/<b>?x", 404));
            table.add(decoded(layout, hash, "/<b>?y", 404));
            table.add(decoded(layout, hash, "/", 200));
            sealer.rotate(table, startSeconds, false);
        }
        NodeView node = new NodeView(
                () -> "web1",
                sealer::view,
                () -> List.of(Target.self("web1", sealer.view(), 120)),
                () -> true,
                new Addresses("test"));
        QueryLimits limits = new QueryLimits(64 << 20, 1 << 20, 2, 64, 2, 50_000, 1_024);
        return new LogtailServer(vertx, Bus.of(vertx), node, limits, ServiceEvents.NONE)
                .listen("127.0.0.1", 0)
                .await();
    }

    private static Batch decoded(TupleLayout layout, KeyHash hash, String uri, int status) {
        byte[] line = ("v1\twww.example.org\t192.0.2.1\tGET\t" + uri + "\t" + status
                        + "\t1\t0.1\t0\t64496\tdirect\t192.0.2.80\thttps\n")
                .getBytes(StandardCharsets.UTF_8);
        Batch batch = new Batch(line.length, new InputStats("test", Schema.LOGTAIL));
        System.arraycopy(line, 0, batch.raw(), 0, line.length);
        batch.rawLength(line.length);
        new LogtailDecoder(layout, hash, DecoderOptions.defaults()).decode(batch);
        return batch;
    }

    @Test
    void shouldTakeItsDefaultsFromTheConfiguration() throws Exception {
        int port = deploy(new JsonObject()
                .put("listen", "127.0.0.1:0")
                .put("target", "127.0.0.1:" + freePort())
                .put("refresh", "10s")
                .put("n", 7));

        assertThat(get(port, "/").body()).contains("http-equiv=\"refresh\" content=\"10\"");
        assertThat(Outline.of(get(port, "/").body()).lines())
                .anyMatch(line -> line.startsWith("Rows [ 7] [10 -> /?n=10]"));
    }

    /** D35. */
    @Test
    void shouldRefuseToStartWithoutAConfiguration() {
        assertThatThrownBy(() -> deploy(new JsonObject())).hasMessageContaining("configuration is empty");
    }

    @Test
    void shouldFailToStart_whenItCannotBind() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            JsonObject config = new JsonObject().put("listen", "127.0.0.1:" + taken.getLocalPort());

            assertThatThrownBy(() -> deploy(config)).isNotInstanceOf(CompletionException.class);
        }
    }
}

package logtail.sources.tail;

import static logtail.sources.FakeStore.await;
import static logtail.sources.NumberedLines.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logtail.core.line.DecoderOptions;
import logtail.core.schema.Schema;
import logtail.runtime.time.Clock;
import logtail.sources.FakeStore;
import logtail.sources.NumberedLines;
import logtail.sources.SaidLines;
import logtail.sources.Sources;
import logtail.sources.channel.ChannelOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailVerticleTest {
    private final SaidLines said = new SaidLines("logtail.sources.tail");
    private final Vertx vertx = Vertx.vertx();
    private final FakeStore store = new FakeStore();
    private final Sources sources = new Sources(Schema.LOGTAIL, ChannelOptions.defaults());
    private final Path dir;
    private final Path log;

    TailVerticleTest(@TempDir Path dir) throws IOException {
        this.dir = dir.toRealPath();
        this.log = this.dir.resolve("access.log");
        Log.write(log, "");
        vertx.deployVerticle(store).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
        said.close();
    }

    private String deploy(@Nullable Path state) {
        return deploy(state, ThreadingModel.WORKER);
    }

    private String deploy(@Nullable Path state, ThreadingModel threads) {
        TailOptions options = new TailOptions(20, 10_000, 10_000, 60_000, 1 << 16, 512, state);
        List<TailInput> inputs =
                List.of(new TailInput(log.toString(), NumberedLines.decoder(DecoderOptions.defaults())));
        return vertx.deployVerticle(
                        new TailVerticle(options, inputs, sources, store.addresses, Clock.SYSTEM),
                        new DeploymentOptions().setThreadingModel(threads))
                .await();
    }

    @Test
    void linesAreCounted_acrossARotation() throws IOException {
        deploy(null);
        Log.write(log, lines(0, 50_000));
        await("first lines", () -> store.counted.records() == 50_000);
        Files.move(log, dir.resolve("access.log.1"));
        Log.write(log, lines(50_000, 50_010));
        await("lines after rotation", () -> store.counted.records() >= 50_010);
        assertThat(store.counted.wrong(0, 50_010)).isEmpty();
        await("all returned", () -> sources.channel().records() == 0);
    }

    @Test
    void stalledStore_losesNothing() throws IOException {
        deploy(null);
        store.stall(true);
        for (int n = 0; n < 100_000; n += 1_000) {
            Log.write(log, lines(n, n + 1_000));
        }
        await("falls behind", () -> sources.files().get(0).lagBytes() > 5_000_000);
        store.stall(false);
        await("catches up", () -> store.counted.records() >= 100_000);
        assertThat(store.counted.wrong(0, 100_000)).isEmpty();
        await("no lag", () -> sources.files().get(0).lagBytes() == 0);
    }

    @Test
    void stoppedAndStarted_readsOnWhereItStopped() throws IOException {
        Path state = dir.resolve("state");
        Log.write(log, lines(1_000_000, 1_000_010));
        String id = deploy(state);
        Log.write(log, lines(0, 10_000));
        await("some lines", () -> store.counted.records() > 0);
        vertx.undeploy(id).await();
        Log.write(log, lines(10_000, 20_000));
        deploy(state);
        await("all lines", () -> store.counted.records() >= 20_000);
        assertThat(store.counted.wrong(0, 20_000)).isEmpty();
        assertThat(said.with("discovered", "access.log")).hasSize(1);
    }

    @Test
    void stopping_doesNotWaitForAStalledStoreForLong() throws IOException {
        String id = deploy(dir.resolve("state"));
        store.stall(true);
        Log.write(log, lines(0, 10_000));
        await("something under way", () -> sources.channel().records() > 0);
        vertx.undeploy(id).await();
        assertThat(Tail.openBelow(dir)).isEmpty();
    }

    @Test
    void stateThatCannotBeWritten_failsTheDeploymentWithItsName() {
        Path state = log.resolve("state");
        assertThatThrownBy(() -> deploy(state))
                .hasMessageContaining("tail.state")
                .hasMessageContaining("" + state);
    }

    @Test
    void eventLoop_isRefused() {
        assertThatThrownBy(() -> deploy(null, ThreadingModel.EVENT_LOOP)).hasMessageContaining("worker");
    }
}

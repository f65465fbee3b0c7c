package logtail.collector.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import logtail.core.traffic.TrafficCopy;
import logtail.runtime.bus.Addresses;
import logtail.runtime.bus.Bus;
import logtail.runtime.bus.Message.TrafficCopied;
import logtail.runtime.telemetry.PagePart;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store that answers when the test says so. */
class TrafficCopiesTest {
    private final Vertx vertx = Vertx.vertx();
    private final Addresses addresses = new Addresses("test");
    private final Counted counted = new Counted();
    private final TrafficCopy first = counted.table().copy();
    private final Asker asker = new Asker();

    private int wishes;

    /** Asks and answers on one context. */
    private final class Asker extends VerticleBase {
        @Nullable
        TrafficCopies copies;

        @Override
        public Future<?> start() {
            copies = new TrafficCopies(vertx, addresses, first);
            Bus.of(vertx).consume(addresses.trafficWanted(), wanted -> wishes++);
            return Future.succeededFuture();
        }

        <T> T run(Callable<T> task) {
            return Future.<T>future(done -> context.runOnContext(go -> {
                        try {
                            done.complete(task.call());
                        } catch (Exception e) {
                            done.fail(e);
                        }
                    }))
                    .await();
        }

        Future<PagePart> ask() {
            return run(() -> Objects.requireNonNull(copies).get());
        }
    }

    @BeforeEach
    void deploy() {
        vertx.deployVerticle(asker).await();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private TrafficCopy answer() {
        TrafficCopy copy = counted.v1("h", "GET", "200", "1", "0", "t").table().copy();
        Bus.of(vertx).send(addresses.trafficCopied(), new TrafficCopied(copy));
        return copy;
    }

    private int wishes() {
        return asker.run(() -> wishes);
    }

    @Test
    void everyAnswerIsForAllWhoWaitForIt() {
        List<Future<PagePart>> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiting.add(asker.ask());
        }
        assertThat(wishes()).isEqualTo(1);
        assertThat(waiting).noneMatch(Future::isComplete);
        TrafficCopy copy = answer();
        assertThat(waiting).allMatch(part -> part.await().equals(new TrafficPage(copy)));

        Future<PagePart> next = asker.ask();
        assertThat(wishes()).isEqualTo(2);
        TrafficCopy newer = answer();
        assertThat(next.await()).isEqualTo(new TrafficPage(newer)).isNotEqualTo(new TrafficPage(copy));
    }

    /** The one test that waits: for the time after which a store counts as silent. */
    @Test
    void storeThatDoesNotAnswerLeavesTheLastCopyAndIsNotAskedAgainMeanwhile() {
        Future<PagePart> silent = asker.ask();
        assertThat(silent.await()).isEqualTo(new TrafficPage(first));
        Future<PagePart> again = asker.ask();
        assertThat(wishes()).isEqualTo(1);
        TrafficCopy late = answer();
        assertThat(again.await()).isEqualTo(new TrafficPage(late));
        Future<PagePart> next = asker.ask();
        assertThat(wishes()).isEqualTo(2);
        answer();
        assertThat(next.await()).isNotNull();
    }
}

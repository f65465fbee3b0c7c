package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PagesTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final GatedPart part = new GatedPart();
    private final List<Thread> askedOn = new ArrayList<>();
    private final Pages pages = new Pages(vertx, new Meters(), () -> {
        askedOn.add(Thread.currentThread());
        return Future.succeededFuture(part);
    });

    @AfterEach
    void close() {
        part.go();
        vertx.close().await();
    }

    /** Runs on the context and waits for it. */
    private <T> T on(Supplier<T> task) {
        return Future.<T>future(done -> context.runOnContext(go -> done.complete(task.get())))
                .await();
    }

    @Test
    void whoAsksMeanwhileGetsTheSamePage() throws Exception {
        List<Future<Page>> asked = on(() -> IntStream.range(0, 20)
                .mapToObj(i -> pages.page(PageFormat.TEXT, false))
                .toList());
        part.awaitBegun();
        Future<Page> late = on(() -> pages.page(PageFormat.TEXT, false));
        assertThat(late.isComplete()).isFalse();
        part.go();
        Page page = late.await();
        assertThat(asked).allMatch(other -> other.await() == page);
        assertThat(part.renderings()).isEqualTo(1);
        assertThat(askedOn).hasSize(1).allMatch(thread -> thread.getName().contains("eventloop"));
    }

    @Test
    void whoAsksAfterwardsGetsANewOne() {
        part.go();
        Page first = on(() -> pages.page(PageFormat.TEXT, false)).await();
        Page second = on(() -> pages.page(PageFormat.TEXT, false)).await();
        assertThat(second).isNotSameAs(first);
        assertThat(part.renderings()).isEqualTo(2);
    }

    @Test
    void formsArePagesOfTheirOwnMadeOneAfterTheOther() throws Exception {
        List<Future<Page>> asked = on(() -> List.of(
                pages.page(PageFormat.TEXT, false),
                pages.page(PageFormat.TEXT, true),
                pages.page(PageFormat.OPEN_METRICS, true)));
        part.awaitBegun();
        assertThat(part.renderings()).isEqualTo(1);
        part.go();
        assertThat(asked.stream().map(page -> page.await()).distinct()).hasSize(3);
        assertThat(part.renderings()).isEqualTo(3);
    }
}

package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A part whose rendering goes on when the test says so. */
final class GatedPart implements PagePart {
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger renderings = new AtomicInteger();

    @Override
    public void write(PageFormat format, OutputStream out) throws IOException {
        renderings.incrementAndGet();
        begun.countDown();
        try {
            assertThat(go.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public List<MetricSnapshot> snapshots() {
        return List.of();
    }

    void awaitBegun() throws InterruptedException {
        assertThat(begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    void go() {
        go.countDown();
    }

    int renderings() {
        return renderings.get();
    }
}

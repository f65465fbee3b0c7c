package logtail.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Test
    void shouldWriteWholeLinesUntilItIsUndeployed_andRemoveThem() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            DemoTraffic traffic = new DemoTraffic(new TrafficGenerator(1));
            Path file = traffic.file();
            String id = vertx.deployVerticle(traffic, DemoTraffic.options()).await();
            awaitLines(file, 100);

            vertx.undeploy(id).await();

            assertThat(file.getParent()).doesNotExist();
        } finally {
            vertx.close().await();
        }
    }

    private static void awaitLines(Path file, int wanted) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        List<String> lines = List.of();
        while (lines.size() < wanted && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
            lines = Files.readString(file).lines().toList();
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(wanted).allMatch(line -> line.startsWith("v2\t"));
    }
}

package logtail.cli.query;

import static logtail.cli.query.TestNode.hits;
import static logtail.cli.query.TestNode.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import logtail.cli.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamCommandTest {
    private static final long MINUTE = 1_763_627_880;

    private final Vertx vertx = Vertx.vertx();
    private final Lines out = new Lines();
    private final Lines err = new Lines();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private CompletableFuture<Integer> stream(String... args) {
        return CompletableFuture.supplyAsync(() -> StreamCommand.run(Asked.shell(out, err), List.of(args), 10));
    }

    /** Ends the command the way its user does: nobody reads any more. */
    private void end(TestNode node, CompletableFuture<Integer> command, long startSeconds) throws Exception {
        out.broken = true;
        node.rotate(startSeconds);
        assertThat(command.get(20, TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
    }

    @Test
    void oneSnapshot_isOneLineOfJson() throws Exception {
        TestNode node = new TestNode(vertx, "nginx1", 0, 2);
        CompletableFuture<Integer> command = stream("--json", "--target", node.target());
        node.awaitSubscriber();

        node.rotate(MINUTE, row(45, "a", "2001:db8:1::/48", "/v1", "429", "1", "4200000000", "gre1"));
        String first = out.next();
        node.rotate(MINUTE + 60);
        String second = out.next();

        assertThat(first)
                .isEqualTo("{\"target\":\"" + node.target() + "\",\"source\":\"nginx1\",\"timestamp\":1763627880,"
                        + "\"partial\":false,\"coarse\":false,\"total\":45,\"entries\":["
                        + "{\"website\":\"a\",\"client_prefix\":\"2001:db8:1::/48\",\"http_request_uri\":\"/v1\","
                        + "\"http_response\":429,\"is_tor\":true,\"asn\":4200000000,\"ipng_source_tag\":\"gre1\","
                        + "\"count\":45,\"folded\":[]}]}");
        assertThat(second).endsWith("\"total\":0,\"entries\":[]}");
        end(node, command, MINUTE + 120);
    }

    @Test
    void foldedFields_areNamed() throws Exception {
        TestNode node = new TestNode(vertx, "nginx1", 0, 3);
        CompletableFuture<Integer> command = stream("--json", "--target", node.target());
        node.awaitSubscriber();

        node.rotate(MINUTE, hits(9, "a", 200), hits(8, "b", 200), hits(7, "c", 200), hits(6, "d", 200));

        assertThat(out.next()).contains("\"total\":30", "\"website\":\"(other)\"", "\"folded\":[\"website\"");
        end(node, command, MINUTE + 60);
    }

    @Test
    void oneSnapshot_isOneLineOfText() throws Exception {
        TestNode node = new TestNode(vertx, "nginx1", 0, 100);
        CompletableFuture<Integer> command = stream("--target", node.target());
        node.awaitSubscriber();

        node.rotate(MINUTE, hits(9, "b\u001b", 200), hits(1, "b\u001b", 404), hits(3, "a", 200));
        assertThat(out.next()).isEqualTo("2025-11-20T08:38:00Z  nginx1  13  b\\x1B 10  192.0.2.0/24 13");
        node.rotate(MINUTE + 60);
        assertThat(out.next()).isEqualTo("2025-11-20T08:39:00Z  nginx1  0  -  -");
        end(node, command, MINUTE + 120);
    }

    @Test
    void severalTargets_standInFrontOfTheirLines() throws Exception {
        TestNode node = new TestNode(vertx, "nginx1", 0, 100);
        CompletableFuture<Integer> command = stream("--target", "127.0.0.1:1," + node.target());
        node.awaitSubscriber();

        node.rotate(MINUTE, hits(1, "a", 200));

        assertThat(out.next()).startsWith(node.target() + "  2025-11-20T08:38:00Z  nginx1  1  ");
        assertThat(err.next()).startsWith("127.0.0.1:1: UNAVAILABLE: Connection refused");
        end(node, command, MINUTE + 60);
        assertThat(err.lines).as("the same complaint once").isEmpty();
    }

    @Test
    void aTargetThatComesBack_isFollowedAgain() throws Exception {
        TestNode node = new TestNode(vertx, "nginx1", 0, 100);
        CompletableFuture<Integer> command = stream("--target", node.target());
        node.awaitSubscriber();
        node.close();
        assertThat(err.next()).startsWith(node.target() + ": UNAVAILABLE: the node is stopping; trying again");

        TestNode restarted = new TestNode(vertx, "nginx1", node.port(), 100);
        restarted.awaitSubscriber();
        restarted.rotate(MINUTE, hits(4, "a", 200));

        assertThat(out.next()).contains("  4  a 4  ");
        end(restarted, command, MINUTE + 60);
    }

    /** A stream whose reader takes lines, until it leaves. */
    private static final class Lines extends OutputStream {
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        volatile boolean broken;

        @Override
        public synchronized void write(int b) throws IOException {
            if (broken) {
                throw new IOException("Broken pipe");
            }
            if (b == '\n') {
                lines.add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        String next() throws InterruptedException {
            String next = lines.poll(20, TimeUnit.SECONDS);
            return next != null ? next : "nothing was printed";
        }
    }
}

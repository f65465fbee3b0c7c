package logtail.runtime.telemetry;

import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * Sends pages to clients as fast as each of them reads. Clients of one page share it, and each holds no more than one
 * or two of its chunks in buffers of its own. For clients that have not read all of theirs older pages are kept as long
 * as all take at most {@link #BYTES_MAX}: beyond, those of the oldest page are cut off. To be used on one context.
 */
final class Readers {
    static final long BYTES_MAX = 64L << 20;

    /** A page and who has not read all of it. */
    private static final class Open {
        final Page page;
        final Set<Delivery> deliveries = new HashSet<>();

        Open(Page page) {
            this.page = page;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private long bytes;

    /** Sends a page as the body of a response whose head is set. */
    void send(Page page, HttpServerResponse response) {
        Open shared = shared(page);
        Delivery delivery = new Delivery(page, response);
        shared.deliveries.add(delivery);
        delivery.start(() -> {
            shared.deliveries.remove(delivery);
            if (shared.deliveries.isEmpty() && open.remove(shared)) {
                bytes -= page.lengthBytes();
            }
        });
    }

    private Open shared(Page page) {
        for (Open one : open) {
            if (one.page == page) {
                return one;
            }
        }
        while (!open.isEmpty() && bytes + page.lengthBytes() > BYTES_MAX) {
            new ArrayList<>(open.getFirst().deliveries).forEach(Delivery::cut);
        }
        Open added = new Open(page);
        open.addLast(added);
        bytes += page.lengthBytes();
        return added;
    }

    /** Bytes of the pages that somebody is still reading. */
    long bytes() {
        return bytes;
    }

    /** One page on its way to one client. */
    private static final class Delivery {
        private final Page page;
        private final HttpServerResponse response;
        private Runnable onEnd = () -> {};
        private int next;
        private boolean ended;

        Delivery(Page page, HttpServerResponse response) {
            this.page = page;
            this.response = response;
        }

        void start(Runnable whenEnded) {
            onEnd = whenEnded;
            response.setWriteQueueMaxSize(Page.CHUNK_BYTES);
            response.exceptionHandler(lost -> end());
            response.closeHandler(lost -> end());
            pump();
        }

        private void pump() {
            while (!ended && next < page.chunks().size()) {
                if (response.writeQueueFull()) {
                    response.drainHandler(drained -> pump());
                    return;
                }
                response.write(page.chunks().get(next++));
            }
            if (!ended) {
                // What was written last still waits in the connection, but no longer needs the page.
                response.end();
                end();
            }
        }

        void cut() {
            response.reset();
            end();
        }

        private void end() {
            if (!ended) {
                ended = true;
                onEnd.run();
            }
        }
    }
}

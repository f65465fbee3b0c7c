package logtail.frontend;

import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Closes connections that take too long to say what they want: Vert.x's idle time-out starts again with every byte, so
 * that a client which sends one every few seconds would stay for ever. To be used on one event loop.
 */
final class Connections {
    private final int most;
    private final long waitMs;
    private final Map<HttpConnection, Waiting> open = new IdentityHashMap<>();

    private static final class Waiting {
        long sinceMs;
        int unanswered;
    }

    /**
     * @param most connections that are kept
     * @param waitMs for a whole request
     */
    Connections(int most, long waitMs) {
        this.most = most;
        this.waitMs = waitMs;
    }

    /** Time between two sweeps, so that nobody gets much longer than the wait. */
    long sweepMs() {
        return Math.max(1, waitMs / 6);
    }

    /**
     * A client has connected.
     *
     * @param nowMs any steady clock
     */
    void opened(HttpConnection connection, long nowMs) {
        if (open.size() >= most) {
            connection.close();
            return;
        }
        Waiting waiting = new Waiting();
        waiting.sinceMs = nowMs;
        open.put(connection, waiting);
        connection.closeHandler(closed -> open.remove(connection));
    }

    /** A request has come in; while it is worked on, nobody waits for the client. */
    void requested(HttpConnection connection) {
        Waiting waiting = open.get(connection);
        if (waiting != null) {
            waiting.unanswered++;
        }
    }

    /** A request has been answered. */
    void answered(HttpConnection connection, long nowMs) {
        Waiting waiting = open.get(connection);
        if (waiting != null) {
            waiting.unanswered--;
            waiting.sinceMs = nowMs;
        }
    }

    /** Closes those that had their time; to be called every now and then. */
    void sweep(long nowMs) {
        for (Map.Entry<HttpConnection, Waiting> entry : new ArrayList<>(open.entrySet())) {
            if (entry.getValue().unanswered == 0 && nowMs - entry.getValue().sinceMs >= waitMs) {
                entry.getKey().close();
            }
        }
    }
}

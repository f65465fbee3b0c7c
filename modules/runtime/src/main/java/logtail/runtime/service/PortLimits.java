package logtail.runtime.service;

import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.concurrent.TimeUnit;

/** What the gRPC port bears from its peers, beyond {@code limits.*}: each limit, and what happens past it. */
final class PortLimits {
    /** Calls on one connection at a time; the peer has to wait with more (HTTP/2 SETTINGS). */
    static final int CALLS_PER_CONNECTION = 100;

    /** Header bytes of a call; more is refused, the connection stays. */
    static final int HEADER_BYTES = 8 << 10;

    /** RST_STREAM frames from one connection within the window below; more closes it (rapid reset). */
    static final int RESETS_PER_WINDOW = 200;

    static final int RESET_WINDOW_SECONDS = 30;

    /** When a connection counts as dead. */
    static final Silence SILENCE = new Silence(20_000, 60_000);

    /** A call whose request message has not come after so long ends with DEADLINE_EXCEEDED. */
    static final long REQUEST_TIMEOUT_MS = 10_000;

    /** StreamSnapshots and DumpSnapshots calls at a time; more end with RESOURCE_EXHAUSTED. */
    static final int STREAMS = 64;

    /** Longest health or reflection request; a longer one is RESOURCE_EXHAUSTED. */
    static final int SMALL_REQUEST_BYTES = 16 << 10;

    /** How often health is looked at for those who watch it. */
    static final long HEALTH_INTERVAL_MS = 1_000;

    /** Calls that are being answered when the node stops get so long; then their connections are cut. */
    static final long STOP_GRACE_MS = 2_000;

    /** Characters of a status message; what is longer is cut. */
    static final int MESSAGE_CHARS = 1_024;

    private PortLimits() {}

    /**
     * When a connection counts as dead.
     *
     * @param askAfterMs how often it is asked whether it is still there (HTTP/2 PING); quiet subscribers answer
     * @param closeAfterMs a connection that has sent nothing for so long, not even such an answer, is closed
     */
    record Silence(int askAfterMs, int closeAfterMs) {}

    static HttpServerOptions options(Silence silence) {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(true)
                .setInitialSettings(new Http2Settings()
                        .setPushEnabled(false)
                        .setMaxConcurrentStreams(CALLS_PER_CONNECTION)
                        .setMaxHeaderListSize(HEADER_BYTES))
                .setMaxHeaderSize(HEADER_BYTES)
                .setHttp2RstFloodMaxRstFramePerWindow(RESETS_PER_WINDOW)
                .setHttp2RstFloodWindowDuration(RESET_WINDOW_SECONDS)
                .setHttp2RstFloodWindowDurationTimeUnit(TimeUnit.SECONDS)
                .setReadIdleTimeout(silence.closeAfterMs())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTracingPolicy(TracingPolicy.IGNORE);
    }
}

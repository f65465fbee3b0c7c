package logtail.sources.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import logtail.core.line.Batch;
import logtail.core.line.DecoderOptions;
import logtail.core.schema.Schema;
import logtail.runtime.time.Clock;
import logtail.sources.NumberedLines;
import logtail.sources.SaidLines;
import logtail.sources.Sources;
import logtail.sources.channel.ChannelOptions;
import logtail.sources.channel.Outlet;

/**
 * A tailer on real files, with a clock and a store that obey the test: nothing sleeps. The store counts what it gets
 * and returns it at once, unless the test stalls it.
 */
final class Tail implements AutoCloseable {
    static final long WALL_MS = 1_763_600_000_000L;

    final SaidLines said = new SaidLines("logtail.sources.tail");
    final NumberedLines store;
    final Sources sources;
    final List<Batch> catchUps = new ArrayList<>();
    final List<Integer> batchBytes = new ArrayList<>();
    final ArrayDeque<Batch> underWay = new ArrayDeque<>();
    private final TailOptions options;
    private final Tailer tailer;
    private final Path scratch;
    long nowMs;
    private boolean stalled;
    private int maxUnderWay;

    /** A tailer of these globs that has started at time 0. */
    static Tail of(String... globs) throws IOException {
        return new Tail(TailOptions.defaults(), ChannelOptions.defaults(), new NumberedLines(), 0, globs);
    }

    static Tail of(TailOptions options, String... globs) throws IOException {
        return new Tail(options, ChannelOptions.defaults(), new NumberedLines(), 0, globs);
    }

    Tail(TailOptions options, ChannelOptions channel, NumberedLines store, long nowMs, String... globs)
            throws IOException {
        this.options = options;
        this.store = store;
        this.nowMs = nowMs;
        this.scratch = Files.createTempFile("logtail", ".tick");
        this.sources = new Sources(Schema.LOGTAIL, channel);
        Outlet outlet = new Outlet(sources.channel().share(), options.lineBytes(), 8, this::sent);
        List<TailInput> inputs = Arrays.stream(globs)
                .map(glob -> new TailInput(glob, NumberedLines.decoder(DecoderOptions.defaults())))
                .toList();
        this.tailer = new Tailer(
                options, inputs, sources, outlet, Clock.of(() -> WALL_MS + this.nowMs, () -> this.nowMs * 1_000_000));
        tick();
        tailer.start(options.state() == null ? null : positionFile().load(), nowMs);
        tick();
    }

    private void sent(Batch batch) {
        batchBytes.add(batch.rawLength());
        if (batch.catchUp()) {
            catchUps.add(batch);
        }
        underWay.add(batch);
        maxUnderWay = Math.max(maxUnderWay, underWay.size());
    }

    /** Lets the clock of the file system move on: it may stand still for some milliseconds. */
    void tick() throws IOException {
        Files.writeString(scratch, "");
        long before = FileStat.of(scratch).modifiedNs();
        while (FileStat.of(scratch).modifiedNs() == before) {
            Files.writeString(scratch, "x");
        }
    }

    /** One look after so many milliseconds, and the work it makes. */
    void poll(long afterMs) {
        nowMs += afterMs;
        tailer.look(nowMs);
        boolean more = true;
        for (int i = 0; more; i++) {
            assertThat(i).as("steps of one poll").isLessThan(1_000_000);
            more = tailer.work(nowMs);
            if (!stalled) {
                // A returned batch makes work possible.
                more |= !underWay.isEmpty();
                returnAll();
            }
        }
    }

    /** Polls every 20 ms for so long. */
    void run(long forMs) {
        for (long until = nowMs + forMs; nowMs < until; ) {
            poll(Math.min(20, until - nowMs));
        }
    }

    void returnAll() {
        while (!underWay.isEmpty()) {
            returnOne();
        }
    }

    /** The store counts the oldest batch under way, and returns it. */
    void returnOne() {
        Batch batch = underWay.remove();
        store.count(batch);
        tailer.returned(batch);
    }

    void stall(boolean on) {
        stalled = on;
    }

    int maxUnderWay() {
        return maxUnderWay;
    }

    PositionFile positionFile() throws IOException {
        return new PositionFile(Objects.requireNonNull(options.state()));
    }

    /** Saves positions as the verticle does every second. */
    void save() throws IOException {
        positionFile().save(tailer.positions(nowMs));
    }

    Tailer tailer() {
        return tailer;
    }

    /** Ends as the verticle does: what was read is counted, and saved. */
    void stop() throws IOException {
        while (!tailer.isIdle()) {
            tailer.flush(nowMs);
            returnAll();
        }
        save();
        close();
    }

    /** Ends as kill -9 does: what is under way is never counted. */
    void kill() throws IOException {
        close();
    }

    /** Every number in [from, to) was counted once, nothing else was, and nothing was rejected. */
    void assertCounted(int from, int to) {
        assertThat(store.wrong(from, to)).isEmpty();
        assertThat(rejected()).isZero();
    }

    long rejected() {
        return sources.stats().stream()
                .mapToLong(stats -> Arrays.stream(logtail.core.line.RejectReason.values())
                        .mapToLong(stats::rejected)
                        .sum())
                .sum();
    }

    /** Descriptors this process has open on files below a directory, deleted ones among them. */
    static List<String> openBelow(Path directory) throws IOException {
        List<String> open = new ArrayList<>();
        try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                String target;
                try {
                    target = Files.readSymbolicLink(descriptor).toString();
                } catch (IOException closed) {
                    continue;
                }
                if (target.startsWith(directory.toString() + "/")) {
                    open.add(target);
                }
            }
        }
        return open;
    }

    @Override
    public void close() throws IOException {
        tailer.close();
        said.close();
        Files.deleteIfExists(scratch);
    }
}

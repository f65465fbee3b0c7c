package logtail.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import logtail.core.line.InputStats;
import logtail.core.schema.Schema;
import logtail.sources.channel.Channel;
import logtail.sources.channel.ChannelOptions;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a node, for metrics and the status page, and the channel that they share.
 *
 * <p>Threadsafe.
 */
public final class Sources {
    /** The UDP input's name in metrics. */
    public static final String UDP = "udp";

    private final Schema schema;
    private final Channel channel;
    private final CopyOnWriteArrayList<FileInput> files = new CopyOnWriteArrayList<>();
    private volatile @Nullable UdpInput udp;
    private volatile @Nullable Long tailedNs;

    public Sources(Schema schema, ChannelOptions options) {
        this.schema = schema;
        this.channel = new Channel(options);
    }

    /** What is under way to the store. */
    public Channel channel() {
        return channel;
    }

    /** The input of a configured glob; the same one for the same glob. */
    public synchronized FileInput file(String glob) {
        for (FileInput input : files) {
            if (input.glob().equals(glob)) {
                return input;
            }
        }
        FileInput input = new FileInput(glob, new InputStats("file:" + glob, schema));
        files.add(input);
        return input;
    }

    /** The UDP input, made when first asked for by its receiver. */
    public synchronized UdpInput openUdp() {
        UdpInput input = udp;
        if (input == null) {
            input = new UdpInput(new InputStats(UDP, schema));
            udp = input;
        }
        return input;
    }

    /** The file inputs, in the order they were configured. */
    public List<FileInput> files() {
        return List.copyOf(files);
    }

    /** The UDP input; empty when UDP is off. */
    public Optional<UdpInput> udp() {
        return Optional.ofNullable(udp);
    }

    /** For the tailer: it runs; said at least as often as it looks at files. */
    public void tailed(long monotonicNs) {
        tailedNs = monotonicNs;
    }

    /** When the tailer last ran, by the monotonic clock; empty while there is none. */
    public OptionalLong tailedNs() {
        Long at = tailedNs;
        return at == null ? OptionalLong.empty() : OptionalLong.of(at);
    }

    /** What every input accepted and refused, files first. */
    public List<InputStats> stats() {
        List<InputStats> all = new ArrayList<>();
        files.forEach(input -> all.add(input.stats()));
        udp().ifPresent(input -> all.add(input.stats()));
        return all;
    }
}

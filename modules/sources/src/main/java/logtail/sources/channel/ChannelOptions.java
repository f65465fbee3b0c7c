package logtail.sources.channel;

/**
 * What may be under way between the sources of a node and its store.
 *
 * @param records accepted requests ({@code channel.records})
 * @param bytes raw lines ({@code channel.bytes}); the memory behind them is about twice as much
 */
public record ChannelOptions(long records, long bytes) {
    /** NFR-3.3: some 20 s of 10 000 lines/s. */
    public static ChannelOptions defaults() {
        return new ChannelOptions(200_000, 64L << 20);
    }
}

package logtail.cli.scan;

import java.util.List;
import java.util.OptionalInt;
import logtail.core.format.LogFormat;
import logtail.core.format.WebsitePattern;
import logtail.core.line.DecoderOptions;
import logtail.core.line.TimeRange;
import logtail.core.schema.Dimension;
import logtail.sources.client.ClientFiles;

/**
 * How files are scanned.
 *
 * @param format of their lines
 * @param decoder how lines are read
 * @param website of lines whose format has none, by the name of the file
 * @param source their website where that says nothing
 * @param range of the requests that count; all of them where the format has no time
 * @param dimensions what is asked about, by filters or groups, in the order of the schema
 * @param clients what is known of clients where the format does not tell
 * @param keys rows to count in at most; empty for exact counts
 * @param threads files that are read at the same time
 */
public record ScanOptions(
        LogFormat format,
        DecoderOptions decoder,
        WebsitePattern website,
        String source,
        TimeRange range,
        List<Dimension> dimensions,
        ClientFiles clients,
        OptionalInt keys,
        int threads) {
    public ScanOptions {
        dimensions = List.copyOf(dimensions);
    }
}

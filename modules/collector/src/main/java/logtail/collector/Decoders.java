package logtail.collector;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import logtail.core.format.LogFormat;
import logtail.core.line.ClientFacts;
import logtail.core.line.DecoderOptions;
import logtail.core.line.FormatDecoder;
import logtail.core.line.LineDecoder;
import logtail.core.line.LogtailDecoder;
import logtail.core.line.TimeRange;
import logtail.core.schema.KeyHash;
import logtail.core.schema.TupleLayout;
import logtail.runtime.config.FollowedLog;

/** Makes the decoders of the inputs: one for each format and, where lines do not tell it, website. */
final class Decoders {
    private final TupleLayout layout;
    private final KeyHash hash;
    private final DecoderOptions options;
    private final String source;
    private final Supplier<ClientFacts> facts;

    /**
     * @param options for lines of files
     * @param source the website of lines that have none, where the name of their file says nothing either
     * @param facts of clients, made for each decoder
     */
    Decoders(TupleLayout layout, KeyHash hash, DecoderOptions options, String source, Supplier<ClientFacts> facts) {
        this.layout = layout;
        this.hash = hash;
        this.options = options;
        this.source = source;
        this.facts = facts;
    }

    /** The decoder of each file of a glob; the same one for files whose lines are read alike. */
    Function<Path, LineDecoder> files(FollowedLog log) {
        if (log.format().isLogtail()) {
            LineDecoder one = new LogtailDecoder(layout, hash, options);
            return file -> one;
        }
        Map<String, LineDecoder> byWebsite = new HashMap<>();
        return file -> byWebsite.computeIfAbsent(
                log.website().of(String.valueOf(file.getFileName()), source),
                website -> decoder(log.format(), options, website));
    }

    /** The decoder of datagrams, which may begin with a syslog header (D7). */
    LineDecoder datagrams(LogFormat format) {
        DecoderOptions withHeader = options.withSyslogHeader(true);
        return format.isLogtail() ? new LogtailDecoder(layout, hash, withHeader) : decoder(format, withHeader, source);
    }

    private LineDecoder decoder(LogFormat format, DecoderOptions with, String website) {
        return new FormatDecoder(
                format, layout, hash, with, website.getBytes(StandardCharsets.UTF_8), facts.get(), TimeRange.ALL);
    }
}

package logtail.cli.query;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import logtail.core.line.TimeRange;
import logtail.runtime.config.Units;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags {@code --since} and {@code --until}: a time with its offset, without one in UTC, Unix seconds, or how long
 * ago.
 */
final class TimeFlags {
    private static final String ABOUT = " this time: 2026-11-20, 2026-11-20T08:59 (UTC, or with an offset such as"
            + " +01:00), Unix seconds, or a duration such as 1h for so long ago.";

    private final Flags flags;
    private final OptionSpec since;
    private final OptionSpec until;

    TimeFlags(Flags flags) {
        this.flags = flags;
        this.since = flags.value("--since", "TIME", "Only requests from" + ABOUT);
        this.until = flags.value("--until", "TIME", "Only requests before" + ABOUT);
    }

    /** What was asked for; everything when neither flag is given. */
    TimeRange range(long nowMs) {
        long from = Flags.isGiven(since) ? millis(since, nowMs) : Long.MIN_VALUE;
        long to = Flags.isGiven(until) ? millis(until, nowMs) : Long.MAX_VALUE;
        if (from >= to) {
            throw flags.wrong(until, "\"" + Flags.text(until, "") + "\" is not behind --since");
        }
        return new TimeRange(from, to);
    }

    /** The flag to blame when the format has no time. */
    OptionSpec given() {
        return Flags.isGiven(since) ? since : until;
    }

    private long millis(OptionSpec option, long nowMs) {
        String text = Flags.text(option, "").strip();
        return parse(text, nowMs)
                .orElseThrow(() -> flags.wrong(
                        option, "\"" + text + "\" is not a time such as 2026-11-20T08:59, or a duration such as 1h"));
    }

    /** Unix milliseconds of a text. */
    static Optional<Long> parse(String text, long nowMs) {
        if (text.matches("[0-9]{9,11}")) {
            return Optional.of(Long.parseLong(text) * 1000);
        }
        Optional<BigInteger> ago = Units.millis(text);
        if (ago.isPresent()) {
            return Optional.of(nowMs - ago.get().min(BigInteger.valueOf(nowMs)).longValueExact());
        }
        String iso = text.replace(' ', 'T');
        try {
            if (iso.indexOf('T') < 0) {
                return Optional.of(milli(LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC)));
            }
            boolean offset = iso.matches(".*(Z|[+-][0-9]{2}:[0-9]{2})");
            Instant at = offset
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
            return Optional.of(milli(at));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long milli(Instant at) {
        return at.toEpochMilli();
    }
}

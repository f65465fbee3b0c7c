package logtail.verify.harness;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line {@code listening KIND ADDR:PORT PROGRAM}.
 *
 * @param kind grpc, http, prometheus or udp
 * @param host the address as printed, IPv6 without its brackets
 */
public record Listening(String kind, String host, int port, String program) {
    private static final Pattern LINE = Pattern.compile("listening (\\S+) \\[?(\\S*?)]?:(\\d+) (\\S+)");

    /** Empty unless the line is one. */
    public static Optional<Listening> parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Listening(
                matcher.group(1), matcher.group(2), Integer.parseInt(matcher.group(3)), matcher.group(4)));
    }
}

package logtail.collector.traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import logtail.core.traffic.TrafficCopy;
import logtail.runtime.telemetry.Metric;
import logtail.runtime.telemetry.PageFormat;

/**
 * Writes {@code nginx_http_requests_total}, the one family that may have a quarter of a million series: each label is
 * escaped once, and lines are put together from bytes. Both formats write a counter's samples alike.
 */
final class RequestLines {
    /** Most digits of a status and a count, with what stands around them. */
    private static final int NUMBERS_BYTES = 32;

    private final TrafficCopy copy;
    private final byte[][] hosts;
    private final byte[][] methods;
    private final byte[] line;
    private int length;

    RequestLines(TrafficCopy copy) {
        this.copy = copy;
        List<String> names = Metric.REQUESTS.labels();
        this.hosts = between(Metric.REQUESTS.metric() + "{" + names.get(0) + "=\"", copy.hosts(), "\"");
        this.methods = between("," + names.get(1) + "=\"", copy.methods(), "\"," + names.get(2) + "=\"");
        this.line = new byte[longest(this.hosts) + longest(methods) + NUMBERS_BYTES];
    }

    private static byte[][] between(String before, List<String> labels, String after) {
        return labels.stream()
                .map(label -> (before + escape(label) + after).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    private static int longest(byte[][] texts) {
        return Arrays.stream(texts).mapToInt(text -> text.length).max().orElse(0);
    }

    /** As both formats want it: between quotes nothing else has a meaning. */
    static String escape(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    void write(PageFormat format, OutputStream out) throws IOException {
        out.write(format.head(Metric.REQUESTS).getBytes(StandardCharsets.UTF_8));
        try {
            copy.forEachSeries((host, method, status, requests) -> series(out, host, method, status, requests));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void series(OutputStream out, int host, int method, int status, long requests) {
        length = 0;
        add(hosts[host]);
        add(methods[method]);
        add(status);
        add('"');
        add('}');
        add(' ');
        add(requests);
        add('\n');
        try {
            out.write(line, 0, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(byte[] text) {
        System.arraycopy(text, 0, line, length, text.length);
        length += text.length;
    }

    private void add(char ascii) {
        line[length++] = (byte) ascii;
    }

    private void add(long number) {
        int digits = 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            digits++;
        }
        int at = length + digits;
        for (long rest = number; at > length; rest /= 10) {
            line[--at] = (byte) ('0' + rest % 10);
        }
        length += digits;
    }
}

package logtail.core.line;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import logtail.core.schema.ColumnKind;
import logtail.core.schema.Dimension;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Labels;
import logtail.core.schema.Schema;
import logtail.core.schema.TupleLayout;

/** Lines decoded one by one, with everything that came of them as text. */
final class Lines {
    private final TupleLayout layout;
    private final LineDecoder decoder;

    Lines(DecoderOptions options) {
        this(Schema.LOGTAIL, options);
    }

    Lines(Schema schema, DecoderOptions options) {
        this.layout = new TupleLayout(schema);
        this.decoder = new LogtailDecoder(layout, new KeyHash(1, 2), options);
    }

    Lines(TupleLayout layout, LineDecoder decoder) {
        this.layout = layout;
        this.decoder = decoder;
    }

    /**
     * What a line came to: the labels of its dimensions, its measures ({@code none}, {@code bad}, or a number), and
     * {@code errors}; or {@code rejected} and {@code column}; or {@code ignored}.
     */
    Map<String, String> decode(byte[] line) {
        InputStats stats = new InputStats("file:test", layout.schema());
        Batch batch = new Batch(line.length + 1, stats);
        System.arraycopy(line, 0, batch.raw(), 0, line.length);
        batch.raw()[line.length] = '\n';
        batch.rawLength(line.length + 1);
        decoder.decode(batch);
        Map<String, String> result = new LinkedHashMap<>();
        for (InputStats.Reject reject : stats.rejects()) {
            result.put("rejected", reject.reason().label());
            result.put("column", String.valueOf(reject.column()));
        }
        if (batch.records() == 0 && result.isEmpty()) {
            result.put("ignored", "");
        }
        if (batch.records() == 1) {
            int from = batch.methodFrom(0);
            result.put("method", new String(batch.raw(), from, batch.methodLength(0), StandardCharsets.ISO_8859_1));
            record(batch, stats, result);
        }
        return result;
    }

    private void record(Batch batch, InputStats stats, Map<String, String> result) {
        for (int d = 0; d < layout.schema().size(); d++) {
            Dimension dimension = layout.schema().get(d);
            result.put(dimension.name(), label(batch, d, dimension.kind()));
        }
        for (Measure measure : Measure.values()) {
            long value = batch.measure(0, measure);
            result.put(
                    measure.field(),
                    value == Numbers.NONE ? "none" : value == Numbers.BAD ? "bad" : String.valueOf(value));
        }
        String errors = stats.fields().stream()
                .filter(field -> stats.fieldErrors(stats.fields().indexOf(field)) > 0)
                .collect(Collectors.joining(","));
        result.put("errors", errors);
    }

    private String label(Batch batch, int dimension, ColumnKind kind) {
        int key = batch.keyFrom(0);
        if (!kind.isDictionary()) {
            return Labels.ofNumber(layout.number(batch.keys(), key, dimension));
        }
        int from = layout.textFrom(batch.keys(), key, dimension);
        int length = layout.textLength(batch.keys(), key, dimension);
        return Labels.ofBytes(kind, Arrays.copyOfRange(batch.keys(), from, from + length));
    }

    /** Reads {@code \t \r \n \\ \xHH}, and <code>{text*times}</code>. */
    static byte[] unescape(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int star = c == '{' ? text.indexOf('*', i) : -1;
            int close = star < 0 ? -1 : text.indexOf('}', star);
            if (close > 0 && text.substring(star + 1, close).matches("[0-9]+")) {
                byte[] part = unescape(text.substring(i + 1, star));
                for (int n = Integer.parseInt(text.substring(star + 1, close)); n > 0; n--) {
                    out.writeBytes(part);
                }
                i = close;
            } else if (c == '\\') {
                i++;
                int at = "trn\\".indexOf(text.charAt(i));
                if (at >= 0) {
                    out.write("\t\r\n\\".charAt(at));
                } else {
                    out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                    i += 2;
                }
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }
}

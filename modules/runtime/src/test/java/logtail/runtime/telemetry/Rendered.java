package logtail.runtime.telemetry;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** Pages as text. */
final class Rendered {
    private Rendered() {}

    static String text(Meters meters) throws IOException {
        return text(Page.render(PageFormat.TEXT, false, meters, PagePart.NONE));
    }

    static String text(Page page) {
        return new String(bytes(page), StandardCharsets.UTF_8);
    }

    static String unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static byte[] bytes(Page page) {
        Buffer all = Buffer.buffer();
        page.chunks().forEach(all::appendBuffer);
        return all.getBytes();
    }
}

package logtail.frontend;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that never changes while the process runs.
 *
 * @param type its media type
 * @param fingerprint different for different content
 */
record Asset(String type, Buffer content, String fingerprint) {
    private static final int FINGERPRINT_BYTES = 6;

    /** Reads a file of {@code frontend-templates/} from the class path. */
    static Asset of(String name, String type) {
        try (InputStream in = Asset.class.getResourceAsStream("/frontend-templates/" + name)) {
            if (in == null) {
                throw new IllegalStateException("frontend-templates/" + name + " is not in this jar");
            }
            byte[] content = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Asset(type, Buffer.buffer(content), HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

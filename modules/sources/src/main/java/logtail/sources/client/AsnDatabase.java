package logtail.sources.client;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Reader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Autonomous systems by address, from a database in MaxMind's format. Threadsafe: what it was opened from may change
 * under it.
 */
final class AsnDatabase {
    /** What is found of an address: its system, and for how many of its bits that holds. */
    record Found(int asn, int prefixBits) {}

    /** The names under which databases have the number. */
    private static final String[] FIELDS = {"autonomous_system_number", "asn", "as_number"};

    private static final long ASN_MAX = 0xffff_ffffL;

    private final Reader reader;

    private AsnDatabase(Reader reader) {
        this.reader = reader;
    }

    /**
     * Reads a database as a whole.
     *
     * @throws IOException when it is none, or one without systems
     */
    static AsnDatabase read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Reader reader;
        try {
            reader = new Reader(new ByteArrayInputStream(bytes));
        } catch (IOException | RuntimeException damaged) {
            throw new IOException("is no database in MaxMind's format", damaged);
        }
        AsnDatabase database = new AsnDatabase(reader);
        database.requireUsable();
        return database;
    }

    /** A look into it finds damage that the start of the file does not show. */
    private void requireUsable() throws IOException {
        int seen = 0;
        try {
            var networks = reader.networks(Map.class);
            while (networks.hasNext() && seen < 1000) {
                Map<?, ?> data = networks.next().getData();
                seen++;
                if (number(data) > 0) {
                    return;
                }
            }
        } catch (RuntimeException | IOException | InvalidNetworkException damaged) {
            throw new IOException("is damaged", damaged);
        }
        throw new IOException("has no autonomous systems");
    }

    /**
     * Looks an address up; it is in no system when the database says nothing, or is damaged there.
     *
     * @param address 4 or 16 bytes
     */
    Found find(byte[] address, int addressBytes) {
        try {
            InetAddress inet = InetAddress.getByAddress(Arrays.copyOf(address, addressBytes));
            DatabaseRecord<Map> record = reader.getRecord(inet, Map.class);
            return new Found((int) number(record.getData()), record.getNetwork().getPrefixLength());
        } catch (IOException | RuntimeException damaged) {
            return new Found(0, addressBytes * Byte.SIZE);
        }
    }

    private static long number(@Nullable Map<?, ?> data) {
        if (data == null) {
            return 0;
        }
        for (String field : FIELDS) {
            Object value = data.get(field);
            if (value instanceof Number number) {
                return inRange(number.longValue());
            }
            if (value instanceof String text && text.matches("(AS)?[0-9]{1,10}")) {
                return inRange(Long.parseLong(text.replace("AS", "")));
            }
        }
        return 0;
    }

    private static long inRange(long asn) {
        return asn < 0 || asn > ASN_MAX ? 0 : asn;
    }
}

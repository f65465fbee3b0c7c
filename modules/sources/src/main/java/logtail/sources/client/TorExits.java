package logtail.sources.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import logtail.core.schema.IpAddress;

/**
 * Exit addresses of the Tor network: a file with one per line, or with lines {@code ExitAddress ADDRESS TIME}. Immutable.
 */
final class TorExits {
    private static final String EXIT = "ExitAddress ";

    /** IPv4 addresses as numbers, sorted. */
    private final int[] v4;

    /** The first halves of IPv6 addresses, sorted, and below in the same order the second halves. */
    private final long[] high;

    private final long[] low;

    private TorExits(int[] v4, long[][] v6) {
        this.v4 = v4;
        this.high = new long[v6.length];
        this.low = new long[v6.length];
        for (int i = 0; i < v6.length; i++) {
            high[i] = v6[i][0];
            low[i] = v6[i][1];
        }
    }

    /**
     * Reads a list.
     *
     * @throws IOException when it cannot be read, or most of its lines are no addresses
     */
    static TorExits read(Path file) throws IOException {
        byte[] out = new byte[16];
        Set<Integer> v4 = new HashSet<>();
        Set<List<Long>> v6 = new HashSet<>();
        int strange = 0;
        for (String line : new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).split("\r?\n")) {
            String text = line.strip();
            boolean relay =
                    text.startsWith("ExitNode ") || text.startsWith("Published ") || text.startsWith("LastStatus ");
            if (text.isEmpty() || text.startsWith("#") || relay) {
                continue;
            }
            String address =
                    text.startsWith(EXIT) ? text.substring(EXIT.length()).split(" ")[0] : text;
            byte[] bytes = address.getBytes(StandardCharsets.ISO_8859_1);
            int length = IpAddress.parse(bytes, 0, bytes.length, out);
            if (length == 4) {
                v4.add(v4(out));
            } else if (length == 16) {
                v6.add(List.of(eight(out, 0), eight(out, 8)));
            } else {
                strange++;
            }
        }
        if (strange > v4.size() + v6.size() || v4.isEmpty() && v6.isEmpty()) {
            throw new IOException("is no list of addresses");
        }
        long[][] pairs = v6.stream()
                .map(pair -> new long[] {pair.get(0), pair.get(1)})
                .sorted(Arrays::compare)
                .toArray(long[][]::new);
        return new TorExits(v4.stream().mapToInt(Integer::intValue).sorted().toArray(), pairs);
    }

    /** How many there are. */
    int size() {
        return v4.length + high.length;
    }

    boolean has(byte[] address, int addressBytes) {
        if (addressBytes == 4) {
            return Arrays.binarySearch(v4, v4(address)) >= 0;
        }
        long first = eight(address, 0);
        int at = Arrays.binarySearch(high, first);
        if (at < 0) {
            return false;
        }
        while (at > 0 && high[at - 1] == first) {
            at--;
        }
        long second = eight(address, 8);
        for (; at < high.length && high[at] == first; at++) {
            if (low[at] == second) {
                return true;
            }
        }
        return false;
    }

    private static int v4(byte[] a) {
        return a[0] << 24 | (a[1] & 0xff) << 16 | (a[2] & 0xff) << 8 | a[3] & 0xff;
    }

    private static long eight(byte[] a, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = value << 8 | a[i] & 0xff;
        }
        return value;
    }
}

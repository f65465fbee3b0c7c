package logtail.sources.client;

import java.util.Arrays;
import logtail.core.line.ClientFacts;
import org.jspecify.annotations.Nullable;

/** Looks clients up and remembers the last ones: a look into a database allocates, a known client does not. */
/*
 * One place per hash of the address; a newer address takes the place of an older one. An IPv6 address is known by its
 * first half, which is all that databases tell apart; a finer one is not remembered.
 */
final class CachedFacts implements ClientFacts {
    private static final int PLACES = 1 << 14;
    private static final int HALF_BITS = 64;

    private final @Nullable WatchedFile<AsnDatabase> asns;
    private final @Nullable WatchedFile<TorExits> exits;
    private final long[] addresses = new long[PLACES];

    /** 4 or 6; 0 where nothing is. */
    private final byte[] families = new byte[PLACES];

    private final int[] numbers = new int[PLACES];
    private @Nullable AsnDatabase cached;

    CachedFacts(@Nullable WatchedFile<AsnDatabase> asns, @Nullable WatchedFile<TorExits> exits) {
        this.asns = asns;
        this.exits = exits;
    }

    @Override
    public int asn(byte[] address, int addressBytes) {
        if (asns == null) {
            return 0;
        }
        AsnDatabase database = asns.content();
        if (database != cached) {
            Arrays.fill(families, (byte) 0);
            cached = database;
        }
        byte family = (byte) (addressBytes == 4 ? 4 : 6);
        long key = 0;
        for (int i = 0; i < Math.min(addressBytes, Long.BYTES); i++) {
            key = key << 8 | address[i] & 0xff;
        }
        int place = (int) ((key * 0x9e3779b97f4a7c15L) >>> 50);
        if (families[place] == family && addresses[place] == key) {
            return numbers[place];
        }
        AsnDatabase.Found found = database.find(address, addressBytes);
        if (found.prefixBits() <= HALF_BITS) {
            addresses[place] = key;
            families[place] = family;
            numbers[place] = found.asn();
        }
        return found.asn();
    }

    @Override
    public boolean isTor(byte[] address, int addressBytes) {
        return exits != null && exits.content().has(address, addressBytes);
    }
}

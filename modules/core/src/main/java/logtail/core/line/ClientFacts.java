package logtail.core.line;

/**
 * What is known of a client besides its address, for formats that do not say it. Used by one decoder, on its thread.
 */
public interface ClientFacts {
    /** Nothing is known. */
    ClientFacts NONE = new ClientFacts() {
        @Override
        public int asn(byte[] address, int addressBytes) {
            return 0;
        }

        @Override
        public boolean isTor(byte[] address, int addressBytes) {
            return false;
        }
    };

    /**
     * The autonomous system of an address as its 32 bits; 0 when it is not known.
     *
     * @param address 4 or 16 bytes from the start
     * @param addressBytes 4 or 16
     */
    int asn(byte[] address, int addressBytes);

    /** Whether the address is an exit of the Tor network. */
    boolean isTor(byte[] address, int addressBytes);
}

package logtail.core.store;

/**
 * The texts of one dimension by dictionary id, as one view sees them. Immutable: an id that is given to another text
 * later keeps its meaning here.
 */
public interface Texts {
    /** Id of {@code (other)} in every dictionary; it has no text. */
    int OTHER = 0;

    /** No texts: a number kind's, or those of a view without buckets. */
    Texts NONE = new Texts() {
        @Override
        public byte[] get(int id) {
            return new byte[0];
        }

        @Override
        public int limit() {
            return OTHER + 1;
        }
    };

    /**
     * The bytes of an id that a bucket of the same view holds: UTF-8, or a {@code Prefix}. Not to be changed. Any other
     * id below the limit has no bytes.
     */
    byte[] get(int id);

    /** Every id is below it. */
    int limit();
}

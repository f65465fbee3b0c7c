package logtail.core.store;

import java.util.List;
import logtail.core.schema.Schema;

/**
 * The rollups of one bucket with texts of their own: what another node counted. Immutable.
 *
 * @param texts per dimension, in schema order; number kinds have none
 * @param rollups in the order of {@link RollupDims#of}; their ids are those of {@code texts}
 */
public record PeerRollups(List<Texts> texts, List<Rollup> rollups) {
    public PeerRollups {
        texts = List.copyOf(texts);
        rollups = List.copyOf(rollups);
    }

    /** The rollups of a bucket, for another node. */
    public static byte[] write(View view, Bucket bucket) {
        return new RollupWriter(view).write(bucket.rollups());
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidRollupsException for anything else; whatever the bytes are, memory stays in proportion to them
     */
    public static PeerRollups read(Schema schema, byte[] bytes) throws InvalidRollupsException {
        return new RollupReader(schema, bytes).read();
    }

    /** Requests: what the rows of each rollup and its other add up to. */
    public long total() {
        return rollups.get(0).total();
    }
}

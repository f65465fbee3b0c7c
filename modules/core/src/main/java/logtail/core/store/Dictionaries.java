package logtail.core.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import logtail.core.schema.KeyHash;
import logtail.core.schema.Schema;

/** The {@link Dictionary} of each dimension, and how buckets use them. Not threadsafe: the sealer owns them. */
final class Dictionaries {
    private final Schema schema;
    private final KeyHash hash;
    private final List<Dictionary> dictionaries = new ArrayList<>();

    Dictionaries(Schema schema, KeyHash hash) {
        this.schema = schema;
        this.hash = hash;
        for (int d = 0; d < schema.size(); d++) {
            dictionaries.add(new Dictionary(hash));
        }
    }

    /**
     * Dictionary ids for the dimensions and text ids of rows. A text enters its dictionary when it is first asked for,
     * and each id that is given out is used once more.
     */
    IntBinaryOperator using(RowSet rows) {
        int[][] entered = new int[schema.size()][];
        for (int d = 0; d < entered.length; d++) {
            entered[d] = new int[rows.texts(d).limit()];
        }
        return (dimension, id) -> {
            if (id == Texts.OTHER) {
                return Texts.OTHER;
            }
            int known = entered[dimension][id];
            if (known == 0) {
                known = idOf(dimension, rows.texts(dimension), id);
                entered[dimension][id] = known;
            }
            dictionaries.get(dimension).use(known);
            return known;
        };
    }

    private int idOf(int dimension, TextSource texts, int id) {
        if (texts instanceof LocalTexts local) {
            return local.dictionaryId(id);
        }
        byte[] array = texts.array(id);
        int from = texts.from(id);
        int length = texts.length(id);
        return dictionaries.get(dimension).idOf(hash.hash(array, from, from + length), array, from, length);
    }

    /** A bucket has left: its ids are used no more. */
    void release(Bucket bucket) {
        for (int d = 0; d < schema.size(); d++) {
            release(d, bucket.column(d));
        }
        for (Rollup rollup : bucket.rollups()) {
            for (int place = 0; place < rollup.dims().size(); place++) {
                release(rollup.dims().get(place), rollup.values().get(place));
            }
        }
    }

    private void release(int dimension, Column ids) {
        if (!schema.get(dimension).kind().isDictionary()) {
            return;
        }
        Dictionary dictionary = dictionaries.get(dimension);
        for (int row = 0; row < ids.rows(); row++) {
            if (ids.get(row) != Texts.OTHER) {
                dictionary.release(ids.get(row));
            }
        }
    }

    /** The texts as they are now; they change with the dictionaries. */
    List<Texts> current() {
        return dictionaries.stream().map(Dictionary::current).toList();
    }

    /** The texts as they are now, for ever. */
    List<Texts> publish() {
        return dictionaries.stream().map(Dictionary::publish).toList();
    }
}

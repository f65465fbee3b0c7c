package logtail.core.store;

import java.util.Arrays;

/** The texts of a dictionary that some buckets use, numbered anew: ids are no more than texts. Not threadsafe. */
final class LocalTexts implements TextSource {
    private final Texts texts;
    private final int[] byDictionaryId;
    private int[] dictionaryIds = new int[64];
    private int limit = 1;

    LocalTexts(Texts texts) {
        this.texts = texts;
        this.byDictionaryId = new int[texts.limit()];
    }

    /** The id here of a text of the dictionary. */
    int idOf(int dictionaryId) {
        int id = byDictionaryId[dictionaryId];
        if (id != 0 || dictionaryId == Texts.OTHER) {
            return id;
        }
        if (limit == dictionaryIds.length) {
            dictionaryIds = Arrays.copyOf(dictionaryIds, limit * 2);
        }
        dictionaryIds[limit] = dictionaryId;
        byDictionaryId[dictionaryId] = limit;
        return limit++;
    }

    /** The id in the dictionary. */
    int dictionaryId(int id) {
        return dictionaryIds[id];
    }

    @Override
    public byte[] array(int id) {
        return texts.get(dictionaryIds[id]);
    }

    @Override
    public int from(int id) {
        return 0;
    }

    @Override
    public int length(int id) {
        return texts.get(dictionaryIds[id]).length;
    }

    @Override
    public int limit() {
        return limit;
    }
}

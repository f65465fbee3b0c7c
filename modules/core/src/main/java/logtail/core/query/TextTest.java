package logtail.core.query;

import java.util.Arrays;
import java.util.List;
import logtail.core.schema.Prefix;
import logtail.core.store.Texts;

/** A condition on dictionary values, for one query: it is asked at most once about each id, and need not be threadsafe. */
interface TextTest {
    boolean holds(Texts texts, int id);

    /**
     * Equality with one of some different values. Ids of one view have different texts, so that the others need no look
     * once all are found.
     */
    static TextTest sameAs(List<byte[]> wanted) {
        byte[][] sorted = wanted.toArray(new byte[0][]);
        Arrays.sort(sorted, Arrays::compareUnsigned);
        return new TextTest() {
            private int missing = sorted.length;

            @Override
            public boolean holds(Texts texts, int id) {
                if (missing == 0) {
                    return false;
                }
                boolean found = sorted.length == 1
                        ? Arrays.equals(sorted[0], texts.get(id))
                        : Arrays.binarySearch(sorted, texts.get(id), Arrays::compareUnsigned) >= 0;
                missing -= found ? 1 : 0;
                return found;
            }
        };
    }

    /** Containment in one of some prefixes. */
    static TextTest within(List<byte[]> prefixes) {
        return (texts, id) -> {
            byte[] prefix = texts.get(id);
            for (int i = 0; i < prefixes.size(); i++) {
                if (Prefix.contains(prefixes.get(i), prefix)) {
                    return true;
                }
            }
            return false;
        };
    }

    static TextTest not(TextTest test) {
        return (texts, id) -> !test.holds(texts, id);
    }
}

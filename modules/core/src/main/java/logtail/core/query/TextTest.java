package logtail.core.query;

import java.util.Arrays;
import logtail.core.store.Texts;

/** A condition on dictionary values, for one query: it is asked at most once about each id, and need not be threadsafe. */
interface TextTest {
    boolean holds(Texts texts, int id);

    /** Equality. Ids of one view have different texts, so that the others need no look once the one is found. */
    static TextTest sameAs(byte[] wanted) {
        return new TextTest() {
            private boolean found;

            @Override
            public boolean holds(Texts texts, int id) {
                if (found) {
                    return false;
                }
                found = Arrays.equals(wanted, texts.get(id));
                return found;
            }
        };
    }

    static TextTest not(TextTest test) {
        return (texts, id) -> !test.holds(texts, id);
    }
}

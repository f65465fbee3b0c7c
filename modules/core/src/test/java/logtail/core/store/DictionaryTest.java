package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import logtail.core.schema.KeyHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DictionaryTest {
    private final KeyHash hash = new KeyHash(7, 11);
    private final Dictionary dictionary = new Dictionary(hash);

    private int enter(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] padded = new byte[bytes.length + 8];
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        int id = dictionary.idOf(hash.hash(padded, 0, bytes.length), padded, 0, bytes.length);
        dictionary.use(id);
        return id;
    }

    /** Ids that have a text. */
    private long size() {
        Texts texts = dictionary.publish();
        return IntStream.range(1, texts.limit())
                .filter(id -> texts.get(id).length > 0)
                .count();
    }

    private static String text(Texts texts, int id) {
        return new String(texts.get(id), StandardCharsets.UTF_8);
    }

    @Test
    void shouldGiveEqualTextsOneId() {
        assertThat(enter("a")).isEqualTo(enter("a")).isNotEqualTo(enter("b")).isNotEqualTo(Texts.OTHER);
        assertThat(enter("")).isNotEqualTo(Texts.OTHER).isEqualTo(enter(""));
        assertThat(size()).isEqualTo(2);
    }

    @Test
    void textThatNobodyUses_isFreedAndItsIdReused() {
        int a = enter("a");
        int b = enter("b");
        enter("a");

        dictionary.release(a);
        assertThat(enter("c")).isNotIn(a, b);
        dictionary.release(a);
        assertThat(enter("d")).isEqualTo(a);
    }

    @Test
    void idGivenToAnotherText_keepsItsMeaningInOlderViews() {
        int a = enter("a");
        enter("b");
        Texts before = dictionary.publish();
        dictionary.release(a);
        Texts between = dictionary.publish();
        assertThat(enter("c")).isEqualTo(a);
        Texts after = dictionary.publish();

        assertThat(text(before, a)).isEqualTo("a");
        assertThat(between.get(a)).isEmpty();
        assertThat(text(after, a)).isEqualTo("c");
    }

    @Test
    void publicationWithoutAChange_isTheSameObject() {
        int a = enter("a");
        Texts first = dictionary.publish();
        enter("a");
        dictionary.release(a);

        assertThat(dictionary.publish()).isSameAs(first);
    }

    @Test
    void floodThatHasPassed_leavesNothingBehind() {
        int kept = enter("kept");
        int[] flood = IntStream.range(0, 50_000).map(i -> enter("flood " + i)).toArray();
        assertThat(dictionary.publish().limit()).isGreaterThan(50_000);

        for (int id : flood) {
            dictionary.release(id);
        }

        assertThat(dictionary.publish().limit()).isEqualTo(2);
        assertThat(text(dictionary.publish(), kept)).isEqualTo("kept");
        assertThat(size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldAgreeWithAMap_inEveryViewEverPublished(long seed) {
        record Published(Texts texts, Map<Integer, String> expected) {}
        Random random = new Random(seed);
        Map<String, Integer> ids = new HashMap<>();
        List<String> uses = new ArrayList<>();
        List<Published> views = new ArrayList<>();
        for (int round = 0; round < 60; round++) {
            int entering = random.nextInt(3000);
            for (int i = 0; i < entering; i++) {
                String text = "text " + random.nextInt(8000);
                int id = enter(text);
                if (ids.getOrDefault(text, id) != id) {
                    throw new AssertionError("two ids for " + text);
                }
                ids.put(text, id);
                uses.add(text);
            }
            int leaving = random.nextInt(uses.size() + 1);
            for (int i = 0; i < leaving; i++) {
                int at = random.nextInt(uses.size());
                String text = uses.set(at, uses.get(uses.size() - 1));
                uses.remove(uses.size() - 1);
                dictionary.release(ids.getOrDefault(text, 0));
            }
            ids.keySet().retainAll(Set.copyOf(uses));
            Map<Integer, String> expected = new HashMap<>();
            ids.forEach((text, id) -> expected.put(id, text));
            assertThat(expected).as("ids are distinct").hasSize(ids.size());
            assertThat(size()).isEqualTo(ids.size());
            views.add(new Published(dictionary.publish(), expected));
        }

        for (Published view : views) {
            Map<Integer, String> seen = new HashMap<>();
            view.expected.keySet().forEach(id -> seen.put(id, text(view.texts, id)));
            assertThat(seen).as("seed %d", seed).isEqualTo(view.expected);
        }
    }
}

package logtail.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextIndexTest {
    /** Texts by id, as an array. */
    private record Source(byte[][] texts) implements TextSource {
        @Override
        public byte[] array(int id) {
            return texts[id];
        }

        @Override
        public int from(int id) {
            return 0;
        }

        @Override
        public int length(int id) {
            return texts[id].length;
        }

        @Override
        public int limit() {
            return texts.length;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 1 << 20})
    void shouldAgreeWithAMap_howeverHashesCollide(int hashes) {
        Random random = new Random(hashes);
        Source source = new Source(new byte[1000][]);
        TextIndex index = new TextIndex();
        Map<String, Integer> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int id = 1 + random.nextInt(999);
            String text = "text" + id;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            source.texts[id] = bytes;
            long hash = (long) Math.floorMod(text.hashCode(), hashes) << 32 | i;

            int found = index.find(hash, bytes, 0, bytes.length, source);
            assertThat(found).as("look %d", i).isEqualTo(model.getOrDefault(text, 0));
            boolean shrink = i / 3000 % 2 == 1;
            if (found == 0 && !(shrink && random.nextInt(10) > 0)) {
                index.add(hash, id);
                model.put(text, id);
            } else if (found != 0 && (shrink || random.nextInt(4) == 0)) {
                index.remove(hash, id);
                model.remove(text);
            }
        }
        assertThat(model).isNotEmpty();
    }
}

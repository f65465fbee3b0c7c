package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TupleLayoutTest {
    private static final int WEBSITE = 0;
    private static final int PREFIX = 1;
    private static final int URI = 2;
    private static final int STATUS = 3;
    private static final int IS_TOR = 4;
    private static final int ASN = 5;
    private static final int TAG = 6;

    private final TupleLayout layout = new TupleLayout(Schema.LOGTAIL);
    private final byte[] bytes = new byte[1024];

    private int write(int key, String website, String prefix, String uri, int status, int tor, int asn, String tag) {
        layout.foldMask(bytes, key, 0);
        layout.number(bytes, key, STATUS, status);
        layout.number(bytes, key, IS_TOR, tor);
        layout.number(bytes, key, ASN, asn);
        int to = key + layout.headerBytes();
        to = text(key, WEBSITE, website, to);
        to = text(key, PREFIX, prefix, to);
        to = text(key, URI, uri, to);
        to = text(key, TAG, tag, to);
        return to - key;
    }

    private int text(int key, int dimension, String text, int at) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        layout.textLength(bytes, key, dimension, encoded.length);
        System.arraycopy(encoded, 0, bytes, at, encoded.length);
        return at + encoded.length;
    }

    private String text(byte[] from, int key, int dimension) {
        return new String(
                from,
                layout.textFrom(from, key, dimension),
                layout.textLength(from, key, dimension),
                StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWritten_readsBack() {
        int length = write(100, "www", "prefix", "/path", 9999, 1, (int) 4_294_967_295L, "tag");

        assertThat(layout.headerBytes()).isEqualTo(2 + 4 * 2 + 2 + 1 + 4);
        assertThat(length).isEqualTo(layout.headerBytes() + "wwwprefix/pathtag".length());
        assertThat(layout.keyBytes(bytes, 100)).isEqualTo(length);
        assertThat(text(bytes, 100, WEBSITE)).isEqualTo("www");
        assertThat(text(bytes, 100, PREFIX)).isEqualTo("prefix");
        assertThat(text(bytes, 100, URI)).isEqualTo("/path");
        assertThat(text(bytes, 100, TAG)).isEqualTo("tag");
        assertThat(layout.number(bytes, 100, STATUS)).isEqualTo(9999);
        assertThat(layout.number(bytes, 100, IS_TOR)).isEqualTo(1);
        assertThat(layout.number(bytes, 100, ASN)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1 << URI, 1 << URI | 1 << PREFIX, 1 << STATUS | 1 << ASN | 1 << IS_TOR, 127, 1 << WEBSITE})
    void folding_emptiesTheFoldedFieldsAndKeepsTheOthers(int mask) {
        write(7, "www", "prefix", "/path", 404, 1, 64496, "tag");
        byte[] out = new byte[1024];
        int length = layout.fold(bytes, 7, mask, out, 3);

        assertThat(layout.foldMask(out, 3)).isEqualTo(mask);
        assertThat(layout.keyBytes(out, 3)).isEqualTo(length);
        String[] texts = {"www", "prefix", "/path", "", "", "", "tag"};
        int[] numbers = {0, 0, 0, 404, 1, 64496, 0};
        for (int d = 0; d < 7; d++) {
            boolean folded = (mask >>> d & 1) != 0;
            if (layout.kind(d).isDictionary()) {
                assertThat(text(out, 3, d)).isEqualTo(folded ? "" : texts[d]);
            } else {
                assertThat(layout.number(out, 3, d)).isEqualTo(folded ? 0 : numbers[d]);
            }
        }
    }

    @Test
    void foldingInSteps_isFoldingAtOnce() {
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            write(0, "w".repeat(random.nextInt(5)), "p", "/" + random.nextInt(), random.nextInt(1000), 0, 7, "t");
            int first = random.nextInt(128);
            int both = first | random.nextInt(128);
            byte[] once = new byte[1024];
            byte[] step = new byte[1024];
            byte[] steps = new byte[1024];
            int length = layout.fold(bytes, 0, both, once, 0);
            layout.fold(bytes, 0, first, step, 0);

            assertThat(layout.fold(step, 0, both, steps, 0)).isEqualTo(length);
            assertThat(steps).isEqualTo(once);
        }
    }

    @Test
    void differentTuples_haveDifferentKeys() {
        int length = write(0, "ab", "c", "/", 200, 0, 0, "t");
        int other = write(200, "a", "bc", "/", 200, 0, 0, "t");

        assertThat(length).isEqualTo(other);
        assertThat(java.util.Arrays.equals(bytes, 0, length, bytes, 200, 200 + other))
                .isFalse();
    }

    @Test
    void longestText_fits() {
        byte[] big = new byte[layout.headerBytes() + TupleLayout.TEXT_BYTES_MAX];
        layout.textLength(big, 0, URI, TupleLayout.TEXT_BYTES_MAX);

        assertThat(layout.textLength(big, 0, URI)).isEqualTo(65_535);
        assertThat(layout.keyBytes(big, 0)).isEqualTo(big.length);
    }
}

package logtail.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static Dimension dimension(String name, int number) {
        return new Dimension(name, name, ColumnKind.TEXT, List.of(name), "", number, Map.of(), 0, Set.of());
    }

    @Test
    void theSeven_standInTheOrderOfTheirDocument() {
        assertThat(Schema.LOGTAIL.dimensions())
                .extracting(Dimension::field)
                .containsExactly(
                        "website",
                        "client_prefix",
                        "http_request_uri",
                        "http_response",
                        "is_tor",
                        "asn",
                        "ipng_source_tag");
        assertThat(Schema.LOGTAIL.allFolded()).isEqualTo(0b111_1111);
    }

    @Test
    void dimensions_areFoundByNameAndNumber() {
        Dimension asn = Schema.LOGTAIL.named("asn").orElseThrow();

        assertThat(Schema.LOGTAIL.ofGroupByNumber(4)).contains(asn);
        assertThat(Schema.LOGTAIL.indexOf(asn)).isEqualTo(5);
        assertThat(Schema.LOGTAIL.named("nothing")).isEmpty();
        assertThat(asn.flag()).isEqualTo("asn");
        assertThat(Schema.LOGTAIL.named("source_tag").orElseThrow().flag()).isEqualTo("source-tag");
    }

    @Test
    void anotherDimension_standsLast() {
        Dimension scheme = dimension("scheme", 101);
        Schema eight = Schema.LOGTAIL.with(scheme);

        assertThat(eight.size()).isEqualTo(8);
        assertThat(eight.indexOf(scheme)).isEqualTo(7);
        assertThatThrownBy(() -> Schema.LOGTAIL.indexOf(scheme)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAndNumbersUsedTwice_areRefused() {
        assertThatThrownBy(() -> Schema.LOGTAIL.with(dimension("uri", 101)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schema.LOGTAIL.with(dimension("scheme", 4)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreDimensionsThanAFoldMaskHasBits_areRefused() {
        List<Dimension> many = new ArrayList<>();
        for (int i = 0; i <= Schema.DIMENSIONS_MAX; i++) {
            many.add(dimension("d" + i, i));
        }

        assertThatThrownBy(() -> new Schema(many)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Schema(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(new Schema(many.subList(0, Schema.DIMENSIONS_MAX)).allFolded())
                .isEqualTo(0xffff);
    }
}

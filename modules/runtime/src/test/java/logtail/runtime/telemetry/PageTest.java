package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private final Meters meters = new Meters();

    @BeforeEach
    void count() {
        meters.counter(Metric.FOLDED, () -> 7);
    }

    @Test
    void textHasTheFullNameOfACounterInItsHead() throws Exception {
        Page page = Page.render(PageFormat.TEXT, false, meters, PagePart.NONE);
        assertThat(Rendered.text(page))
                .isEqualTo("# HELP logtail_folded_total " + Metric.FOLDED.help()
                        + "\n# TYPE logtail_folded_total counter\nlogtail_folded_total 7.0\n");
    }

    @Test
    void openMetricsHasTheNameOfTheFamilyAndAnEnd() throws Exception {
        Page page = Page.render(PageFormat.OPEN_METRICS, false, meters, PagePart.NONE);
        assertThat(Rendered.text(page))
                .contains("# TYPE logtail_folded counter\n", "# HELP logtail_folded " + Metric.FOLDED.help() + "\n")
                .endsWith("logtail_folded_total 7.0\n# EOF\n");
    }

    @Test
    void headsOfBothFormatsSayWhatTheLibrarySays() throws Exception {
        for (PageFormat format : PageFormat.values()) {
            assertThat(Rendered.text(Page.render(format, false, meters, PagePart.NONE))
                            .lines())
                    .containsAll(format.head(Metric.FOLDED).lines().toList());
        }
    }

    /** Sizes around those at which a chunk is full. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1 << 16, 200_000, 3_000_000})
    void chunksAreThePageInOrder(int partBytes) throws Exception {
        BigPart part = new BigPart(partBytes);
        Page page = Page.render(PageFormat.TEXT, false, meters, part);
        assertThat(Rendered.text(page).equals(part.text() + Rendered.text(meters)))
                .isTrue();
        assertThat(page.lengthBytes()).isEqualTo(Rendered.bytes(page).length);
        assertThat(page.chunks()).allMatch(chunk -> chunk.length() > 0 && chunk.length() <= Page.CHUNK_BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3_000_000})
    void zippedPageIsThePage(int partBytes) throws Exception {
        BigPart part = new BigPart(partBytes);
        Page page = Page.render(PageFormat.TEXT, true, meters, part);
        assertThat(Rendered.unzipped(Rendered.bytes(page)).equals(part.text() + Rendered.text(meters)))
                .isTrue();
        assertThat(page.lengthBytes()).isEqualTo(Rendered.bytes(page).length).isLessThan(partBytes / 10 + 1_000);
    }
}

package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import logtail.core.schema.Schema;
import org.junit.jupiter.api.Test;

class QueryWarmUpTest {
    @Test
    void warmUp_asksUntilItIsEnough_whateverTheDimensions() {
        AtomicInteger asked = new AtomicInteger();

        assertThat(QueryWarmUp.run(Schema.LOGTAIL, () -> true)).isEqualTo(1);
        assertThat(QueryWarmUp.run(Dims.WITH_COUNTRY, () -> asked.incrementAndGet() == 300))
                .as("all of them, and some once more")
                .isEqualTo(300);
    }
}

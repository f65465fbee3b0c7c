package logtail.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import logtail.core.schema.Schema;
import org.junit.jupiter.api.Test;

class QueryWarmUpTest {
    @Test
    void warmUp_asksUntilItIsEnough_whateverTheDimensions() {
        AtomicInteger asked = new AtomicInteger();

        assertThat(QueryWarmUp.run(Schema.LOGTAIL, () -> asked.incrementAndGet() == 2))
                .isEqualTo(2);
        assertThat(QueryWarmUp.run(Dims.WITH_COUNTRY, () -> true)).isEqualTo(1);
    }
}

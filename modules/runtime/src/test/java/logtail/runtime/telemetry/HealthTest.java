package logtail.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Meters meters = new Meters();
    private final Health health = new Health(meters);

    @Test
    void nothingIsReadyBeforeItHasStarted() {
        health.require("store", Optional::empty);
        assertThat(health.ready()).isFalse();
        assertThat(health.missing()).isEqualTo(Map.of("start", "not everything is started yet"));
        health.started();
        assertThat(health.ready()).isTrue();
        assertThat(health.missing()).isEmpty();
    }

    @Test
    void everyConditionThatDoesNotHoldIsNamedWithItsReason() {
        AtomicReference<Optional<String>> store = new AtomicReference<>(Optional.of("stalled"));
        health.require("store", store::get);
        health.require("inputs", () -> Optional.of("closed"));
        health.require("links", Optional::empty);
        health.started();
        assertThat(health.missing()).containsExactly(Map.entry("inputs", "closed"), Map.entry("store", "stalled"));
        store.set(Optional.empty());
        assertThat(health.missing()).containsExactly(Map.entry("inputs", "closed"));
        assertThat(health.ready()).isFalse();
    }

    @Test
    void conditionsAreMeters() throws Exception {
        health.require("store", () -> Optional.of("stalled"));
        health.require("inputs", Optional::empty);
        assertThat(Rendered.text(meters))
                .contains("logtail_ready{condition=\"inputs\"} 1.0\n")
                .contains("logtail_ready{condition=\"start\"} 0.0\n")
                .contains("logtail_ready{condition=\"store\"} 0.0\n");
    }

    @Test
    void conditionIsAddedOnce() {
        health.require("store", Optional::empty);
        assertThatIllegalArgumentException().isThrownBy(() -> health.require("store", Optional::empty));
    }
}

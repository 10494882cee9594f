package helix.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import helix.api.slot.ImportPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SlotSettingsTest {

    @Test
    void shouldRefuseAHoldTimeThatScrWouldNotSurvive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Duration.ofSeconds(1), Duration.ofSeconds(5)))
                .withMessageContaining("5000 ms is not in 0..4999 ms");
        assertThat(with(Duration.ofSeconds(1), Duration.ofMillis(4_999)).hold()).hasMillis(4_999);
    }

    @Test
    void shouldRefuseATimeoutOfZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> with(Duration.ZERO, Duration.ZERO))
                .withMessageContaining("drain timeout");
    }

    private static SlotSettings with(Duration drain, Duration hold) {
        return new SlotSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofNanos(50_000),
                drain,
                Duration.ofMillis(500),
                hold,
                Duration.ofSeconds(10),
                Optional.of(ImportPolicy.ROLL_BACK));
    }
}

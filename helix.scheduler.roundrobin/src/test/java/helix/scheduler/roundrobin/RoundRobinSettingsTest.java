package helix.scheduler.roundrobin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.SchedulingPolicy;
import helix.tck.FakeConfig;
import helix.tck.FakeThread;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundRobinSettingsTest {

    private final FakeThread thread = new FakeThread(1);

    @ParameterizedTest
    @CsvSource({"0,5", "30,5", "31,10", "60,10", "61,15", "90,15", "91,20", "139,20"})
    void shouldScaleTheQuantumByTheTableOfLevels(int level, long expectedMs) {
        thread.withPriority(139 - level);

        assertThat(quantumMs(RoundRobinSettings.DEFAULT)).isEqualTo(expectedMs);
    }

    @ParameterizedTest
    @CsvSource({"139,8", "90,10", "60,12", "0,12"})
    void shouldClampTheScaledQuantum(int priority, long expectedMs) {
        thread.withPriority(priority);

        assertThat(quantumMs(RoundRobinSettings.ofMillis(10, 8, 12, true, 100))).isEqualTo(expectedMs);
    }

    @ParameterizedTest
    @CsvSource({"0", "139"})
    void shouldGiveEveryPriorityTheBaseWhenScalingIsOff(int priority) {
        thread.withPriority(priority);

        assertThat(quantumMs(RoundRobinSettings.ofMillis(10, 1, 100, false, 100)))
                .isEqualTo(10);
    }

    @Test
    void shouldGiveBatchThreadsTwiceTheQuantumUpToTheLongest() {
        thread.withPolicy(SchedulingPolicy.BATCH).withPriority(120);

        assertThat(quantumMs(RoundRobinSettings.ofMillis(10, 1, 100, false, 100)))
                .isEqualTo(20);
        assertThat(quantumMs(RoundRobinSettings.ofMillis(10, 1, 15, false, 100)))
                .isEqualTo(15);
    }

    @Test
    void shouldGiveFifoThreadsNoLimit() {
        thread.withPolicy(SchedulingPolicy.FIFO);

        assertThat(RoundRobinSettings.DEFAULT.quantumNs(thread)).isEqualTo(SchedulingDecision.UNLIMITED);
    }

    @Test
    void shouldHaveTheDocumentedDefaults() {
        assertThat(RoundRobinSettings.of(FakeConfig.of(RoundRobinConfig.class, Map.of())))
                .isEqualTo(RoundRobinSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "base__time__slice__ms,0,base_time_slice_ms is 0",
        "min__time__slice__ms,-3,min_time_slice_ms is -3",
        "max__time__slice__ms,0,max_time_slice_ms is 0",
        "load__balance__interval,0,load_balance_interval is 0",
        "min__time__slice__ms,101,min_time_slice_ms 101 is above max_time_slice_ms 100"
    })
    void shouldRefuseSettingsThatMakeNoSense(String setting, int value, String reason) {
        RoundRobinConfig config = FakeConfig.of(RoundRobinConfig.class, Map.of(setting, value));

        assertThatThrownBy(() -> RoundRobinSettings.of(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private long quantumMs(RoundRobinSettings settings) {
        return TimeUnit.NANOSECONDS.toMillis(settings.quantumNs(thread));
    }
}

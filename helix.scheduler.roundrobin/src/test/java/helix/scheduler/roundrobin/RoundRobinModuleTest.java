package helix.scheduler.roundrobin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.tck.FakeConfig;
import helix.tck.FakeKernel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoundRobinModuleTest {

    @Test
    void shouldNotActivateWithBadSettings() {
        assertThatThrownBy(() -> new RoundRobinModule(config(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base_time_slice_ms is 0");
    }

    @Test
    void shouldUseNewSettingsFromTheNextQuantumOn() {
        RoundRobinModule module = new RoundRobinModule(config(10));
        FakeKernel kernel = new FakeKernel(module, 1);
        kernel.addThreads(2);
        kernel.pick(0);

        module.modified(config(30));

        kernel.advanceMs(10);
        assertThat(kernel.tick(0))
                .as("the quantum that had begun ends as it would have")
                .isTrue();
        kernel.rotate(0);
        assertThat(quantumMs(kernel)).isEqualTo(30);
    }

    @Test
    void shouldKeepItsSettingsWhenTheNewOnesAreBad() {
        RoundRobinModule module = new RoundRobinModule(config(20));
        FakeKernel kernel = new FakeKernel(module, 1);
        kernel.addThreads(1);

        module.modified(config(-1));

        kernel.pick(0);
        assertThat(quantumMs(kernel)).isEqualTo(20);
    }

    private static long quantumMs(FakeKernel kernel) {
        return TimeUnit.NANOSECONDS.toMillis(kernel.lastDecision().quantumNs());
    }

    private static RoundRobinConfig config(int baseMs) {
        return FakeConfig.of(
                RoundRobinConfig.class, Map.of("base__time__slice__ms", baseMs, "priority__scaling", false));
    }
}

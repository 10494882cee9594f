package helix.scheduler.priority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.tck.FakeConfig;
import helix.tck.FakeKernel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriorityModuleTest {

    @Test
    void shouldHaveTheDocumentedDefaults() {
        assertThat(PrioritySettings.of(FakeConfig.of(PriorityConfig.class, Map.of())))
                .isEqualTo(PrioritySettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "time__slice__ms,0,time_slice_ms is 0",
        "ageing__after__ms,-1,ageing_after_ms is -1",
        "ageing__interval,0,ageing_interval is 0"
    })
    void shouldNotActivateWithBadSettings(String setting, int value, String reason) {
        PriorityConfig config = FakeConfig.of(PriorityConfig.class, Map.of(setting, value));

        assertThatThrownBy(() -> new PriorityModule(config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldUseNewSettingsFromTheNextQuantumOnAndKeepThemWhenOthersAreBad() {
        PriorityModule module = new PriorityModule(PrioritySettings.DEFAULT);
        FakeKernel kernel = new FakeKernel(module, 1);
        kernel.addThreads(1);

        module.modified(FakeConfig.of(PriorityConfig.class, Map.of("time__slice__ms", 25)));
        module.modified(FakeConfig.of(PriorityConfig.class, Map.of("time__slice__ms", 0)));

        kernel.pick(0);
        assertThat(TimeUnit.NANOSECONDS.toMillis(kernel.lastDecision().quantumNs()))
                .isEqualTo(25);
    }
}

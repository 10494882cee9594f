package helix.api.scheduler;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.scheduler.SchedulerState.Queue;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchedulerStateTest {

    private static final SchedulerStats NOTHING = new SchedulerStats(0, 0, 0, 0, 0, 0, 0);

    @Test
    void shouldAcceptEveryLevelThereIs() {
        for (int level = -1; level <= SchedulerState.IDLE_LEVEL; level++) {
            SchedulerState state = of(level, NOTHING);
            assertThatCode(state::check).as("level %d", level).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldRefuseLevelsThatAreNot() {
        assertThatThrownBy(of(-2, NOTHING)::check).hasMessageContaining("level -2 of queue 0 is not in -1..140");
        assertThatThrownBy(of(141, NOTHING)::check).hasMessageContaining("level 141 of queue 0 is not in -1..140");
    }

    @Test
    void shouldRefuseNegativeCounters() {
        assertThatThrownBy(of(0, new SchedulerStats(0, 0, 0, 0, 0, 0, -1))::check)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("migrations=-1");
    }

    private static SchedulerState of(int level, SchedulerStats counters) {
        return new SchedulerState(List.of(new Queue(null, level, new ArrayDeque<>())), List.of(), counters);
    }
}

package helix.api.thread;

import static helix.api.thread.ThreadState.BLOCKED;
import static helix.api.thread.ThreadState.CREATING;
import static helix.api.thread.ThreadState.DEAD;
import static helix.api.thread.ThreadState.READY;
import static helix.api.thread.ThreadState.RUNNING;
import static helix.api.thread.ThreadState.SLEEPING;
import static helix.api.thread.ThreadState.STOPPED;
import static helix.api.thread.ThreadState.ZOMBIE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ThreadStateTest {

    private static final Map<ThreadState, Set<ThreadState>> LEGAL = Map.of(
            CREATING, Set.of(READY, DEAD),
            READY, Set.of(RUNNING, DEAD),
            RUNNING, Set.of(READY, BLOCKED, SLEEPING, STOPPED, DEAD, ZOMBIE),
            BLOCKED, Set.of(READY, DEAD),
            SLEEPING, Set.of(READY, DEAD),
            STOPPED, Set.of(READY, DEAD),
            ZOMBIE, Set.of(DEAD),
            DEAD, Set.of());

    @Test
    void shouldAllowTheLegalTransitionsAndNoOthers() {
        for (ThreadState from : ThreadState.values()) {
            for (ThreadState to : ThreadState.values()) {
                assertThat(from.canBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(LEGAL.get(from).contains(to));
            }
        }
    }
}

package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StageTest {

    private static final Map<ThreadState, List<Stage>> WAY = new EnumMap<>(Map.of(
            ThreadState.CREATING, List.of(),
            ThreadState.READY, List.of(Stage.READY),
            ThreadState.RUNNING, List.of(Stage.READY, Stage.RUNNING),
            ThreadState.BLOCKED, List.of(Stage.READY, Stage.RUNNING, Stage.BLOCKED),
            ThreadState.SLEEPING, List.of(Stage.READY, Stage.RUNNING, Stage.SLEEPING),
            ThreadState.STOPPED, List.of(Stage.READY, Stage.RUNNING, Stage.STOPPED),
            ThreadState.ZOMBIE, List.of(Stage.READY, Stage.RUNNING, Stage.ZOMBIE),
            ThreadState.DEAD, List.of(Stage.DEAD)));

    static Stream<Arguments> allPairs() {
        return Arrays.stream(ThreadState.values())
                .flatMap(from -> Arrays.stream(ThreadState.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("allPairs")
    void shouldAllowExactlyTheTransitionsOfTheTable(ThreadState from, ThreadState to) {
        ControlBlock thread = new FactoryThread(1, ThreadOptions.named("probe"), () -> {});
        WAY.get(from).forEach(thread::become);

        if (from.successors().contains(to)) {
            thread.become(Stage.valueOf(to.name()));
            assertThat(thread.stage().state()).isEqualTo(to);
        } else {
            assertThatThrownBy(() -> thread.become(Stage.valueOf(to.name())))
                    .isInstanceOfSatisfying(
                            KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE))
                    .hasMessageContaining("cannot go from " + from + " to " + to);
            assertThat(thread.stage().state()).isEqualTo(from);
        }
    }
}

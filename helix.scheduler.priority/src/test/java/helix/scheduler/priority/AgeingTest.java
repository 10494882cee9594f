package helix.scheduler.priority;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.tck.FakeKernel;
import helix.tck.FakeThread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AgeingTest {

    private static final long NS_PER_MS = 1_000_000;

    private final FakeKernel kernel = new FakeKernel(new PriorityScheduler(PrioritySettings.DEFAULT), 1);

    @Test
    void shouldRunALessImportantThreadAfterTheLimitThoughAMoreImportantOneIsBusy() {
        FakeThread waiting = add(139, SchedulingPolicy.NORMAL);
        add(110, SchedulingPolicy.NORMAL);
        kernel.pick(0);

        runForMs(1_000);
        assertThat(waiting.ranNs()).as("within the limit").isZero();
        runForMs(200);

        assertThat(waiting.ranNs())
                .as("within one interval and its own turn after the limit")
                .isPositive();
    }

    @Test
    void shouldRunEveryWaitingThreadWithinTheBoundGiven() {
        List<FakeThread> busy = new ArrayList<>();
        List<FakeThread> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(add(105, SchedulingPolicy.NORMAL));
        }
        for (int i = 0; i < 20; i++) {
            waiting.add(add(110 + i, SchedulingPolicy.NORMAL));
        }
        kernel.pick(0);

        runForMs(1_000 + 21 * 100 + 5 * 10 + 10);

        assertThat(waiting).allMatch(thread -> thread.ranNs() > 0);
        assertThat(busy).allMatch(thread -> thread.ranNs() > 0);
    }

    @Test
    void shouldAgeAThreadBehindAThreadOfItsLevelThatDoesNotAge() {
        add(120, SchedulingPolicy.ROUND_ROBIN);
        FakeThread waiting = add(120, SchedulingPolicy.NORMAL);
        add(110, SchedulingPolicy.NORMAL);
        kernel.pick(0);

        runForMs(1_200);

        assertThat(waiting.ranNs()).isPositive();
    }

    @Test
    void shouldTakeFromTheMoreImportantNoMoreThanOneQuantumPerInterval() {
        for (int i = 0; i < 50; i++) {
            add(130, SchedulingPolicy.NORMAL);
        }
        FakeThread busy = add(110, SchedulingPolicy.NORMAL);
        kernel.pick(0);

        runForMs(10_000);
        kernel.giveUp(0, SwitchReason.YIELD);

        assertThat(busy.ranNs()).isGreaterThanOrEqualTo(9_000 * NS_PER_MS);
    }

    @Test
    void shouldSendAnAgedThreadBackToItsOwnLevelAfterOneTurn() {
        FakeThread waiting = add(139, SchedulingPolicy.NORMAL);
        add(110, SchedulingPolicy.NORMAL);
        kernel.pick(0);

        runForMs(1_900);

        assertThat(waiting.ranNs()).isBetween(9 * NS_PER_MS, 11 * NS_PER_MS);
    }

    @Test
    void shouldLetAnAgedThreadFinishItsQuantum() {
        FakeThread waiting = add(139, SchedulingPolicy.NORMAL);
        add(110, SchedulingPolicy.NORMAL);
        kernel.pick(0);
        for (int ms = 0; ms < 2_000 && kernel.current(0) != waiting; ms++) {
            runForMs(1);
        }
        assertThat(kernel.current(0)).as("runs at last").isSameAs(waiting);

        runForMs(9);

        assertThat(kernel.current(0)).isSameAs(waiting);
    }

    @ParameterizedTest
    @EnumSource(
            value = SchedulingPolicy.class,
            names = {"FIFO", "ROUND_ROBIN", "IDLE"})
    void shouldNotAgeThreadsOfOtherPolicies(SchedulingPolicy policy) {
        FakeThread waiting = add(120, policy);
        add(110, SchedulingPolicy.NORMAL);
        kernel.pick(0);

        runForMs(5_000);

        assertThat(waiting.ranNs()).isZero();
    }

    @Test
    void shouldNotHoldUpRealTime() {
        FakeThread waiting = add(120, SchedulingPolicy.NORMAL);
        add(99, SchedulingPolicy.NORMAL);
        kernel.pick(0);

        runForMs(5_000);

        assertThat(waiting.ranNs()).isZero();
    }

    @Test
    void shouldNotReorderEqualThreadsHoweverLongTheyWait() {
        List<FakeThread> threads = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            threads.add(add(120, SchedulingPolicy.NORMAL));
        }
        kernel.pick(0);

        runForMs(3_000);

        assertThat(threads).allMatch(thread -> thread.ranNs() == 10 * NS_PER_MS || thread == kernel.current(0));
    }

    private FakeThread add(int level, SchedulingPolicy policy) {
        return kernel.add(kernel.thread().withPriority(level).withPolicy(policy));
    }

    private void runForMs(int ms) {
        for (int i = 0; i < ms; i++) {
            kernel.advanceMs(1);
            if (kernel.tick(0)) {
                kernel.giveUp(0, SwitchReason.PREEMPTION);
                kernel.pick(0);
            }
        }
    }
}

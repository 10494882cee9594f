package helix.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuId;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who runs next on one CPU, and what the counters say of it. */
public interface SchedulerTurns extends SchedulerFactory {

    @Test
    default void shouldRunANewThreadWithoutFurtherAdo() {
        FakeKernel kernel = kernel(1);
        FakeThread thread = kernel.add(kernel.thread());

        assertThat(kernel.pick(0)).isSameAs(thread);
        assertThat(kernel.lastDecision().quantumNs()).isPositive();
    }

    @Test
    default void shouldIdleWhenNothingIsReady() {
        assertThat(kernel(1).pick(0)).isNull();
    }

    @Test
    default void shouldPickTheFirstThreadFirst() {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(3);

        assertThat(kernel.pick(0)).isSameAs(threads.get(0));
    }

    @Test
    default void shouldPickEqualThreadsInTurns() {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(3);
        kernel.pick(0);

        assertThat(kernel.rotate(0)).isSameAs(threads.get(1));
        assertThat(kernel.rotate(0)).isSameAs(threads.get(2));
        assertThat(kernel.rotate(0)).isSameAs(threads.get(0));
    }

    @Test
    default void shouldPickTheOnlyThreadAgainAndAgain() {
        FakeKernel kernel = kernel(1);
        FakeThread thread = kernel.add(kernel.thread());
        kernel.pick(0);

        assertThat(kernel.rotate(0)).isSameAs(thread);
        assertThat(kernel.rotate(0)).isSameAs(thread);
    }

    @Test
    default void shouldForgetABlockedThreadUntilItIsWoken() {
        FakeKernel kernel = kernel(1);
        kernel.add(kernel.thread());
        kernel.pick(0);
        FakeThread blocked = kernel.block(0);
        assertThat(kernel.pick(0)).isNull();

        kernel.wake(blocked);

        assertThat(kernel.pick(0)).isSameAs(blocked);
    }

    @Test
    default void shouldPutAWokenThreadBehindItsEquals() {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(2);
        kernel.pick(0);
        FakeThread blocked = kernel.block(0);
        kernel.wake(blocked);

        assertThat(kernel.pick(0)).isSameAs(threads.get(1));
        kernel.block(0);
        assertThat(kernel.pick(0)).isSameAs(blocked);
    }

    @Test
    default void shouldForgetACurrentThreadThatIsRemoved() {
        FakeKernel kernel = kernel(1);
        FakeThread thread = kernel.add(kernel.thread());
        kernel.pick(0);

        assertThat(kernel.scheduler().remove(thread)).as("was queued").isFalse();

        assertThat(kernel.scheduler().stats().running()).isZero();
        assertThat(kernel.pick(0)).isNull();
    }

    @Test
    default void shouldTakeOutAQueuedThreadThatIsRemoved() {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(3);

        assertThat(kernel.scheduler().remove(threads.get(1))).as("was queued").isTrue();

        assertThat(kernel.drain(0)).containsExactly(threads.get(0), threads.get(2));
    }

    @Test
    default void shouldNotMindTheRemovalOfAnUnknownThread() {
        FakeKernel kernel = kernel(1);
        FakeThread known = kernel.add(kernel.thread());

        assertThat(kernel.scheduler().remove(kernel.thread())).isFalse();

        assertThat(kernel.drain(0)).containsExactly(known);
    }

    @Test
    default void shouldTakeOverAnUnknownThreadThatYields() {
        FakeKernel kernel = kernel(1);
        FakeThread queued = kernel.add(kernel.thread());
        FakeThread unknown = kernel.thread();
        unknown.becomesReady(99, kernel.nowNs());

        kernel.scheduler().yield(new CpuId(0), unknown, SwitchReason.PREEMPTION, 1);

        assertThat(kernel.drain(0)).containsExactly(queued, unknown);
    }

    @Test
    default void shouldNotQueueAnUnknownThreadThatBlocks() {
        FakeKernel kernel = kernel(1);

        kernel.scheduler().block(new CpuId(0), kernel.thread(), BlockReason.IO, 1);

        assertThat(kernel.pick(0)).isNull();
        assertThat(kernel.scheduler().stats().blocks()).isEqualTo(1);
    }

    @Test
    default void shouldAskAnUnknownThreadToGiveWayOnlyWhenOthersAreReady() {
        FakeKernel kernel = kernel(1);
        assertThat(kernel.tick(0)).as("nobody ready").isFalse();

        kernel.add(kernel.thread());

        assertThat(kernel.tick(0)).as("somebody ready").isTrue();
    }

    @Test
    default void shouldAskForPreemptionWhenTheQuantumIsUsedUpAndAnEqualThreadIsReady() {
        FakeKernel kernel = kernel(1);
        kernel.addThreads(2);
        kernel.pick(0);
        long quantumNs = kernel.lastDecision().quantumNs();
        kernel.advanceNs(quantumNs - 1);
        assertThat(kernel.tick(0)).as("before the end").isFalse();

        kernel.advanceNs(1);

        assertThat(kernel.tick(0)).as("at the end").isTrue();
    }

    @Test
    default void shouldRenewTheQuantumWhenNobodyElseIsReady() {
        FakeKernel kernel = kernel(1);
        kernel.add(kernel.thread());
        kernel.pick(0);
        long quantumNs = kernel.lastDecision().quantumNs();
        kernel.advanceNs(quantumNs);
        assertThat(kernel.tick(0)).isFalse();
        kernel.add(kernel.thread());
        kernel.advanceNs(quantumNs - 1);
        assertThat(kernel.tick(0)).as("within the second quantum").isFalse();

        kernel.advanceNs(1);

        assertThat(kernel.tick(0)).as("after the second quantum").isTrue();
    }

    @Test
    default void shouldNeverEndTheTurnOfAFifoThreadForAnEqualOne() {
        FakeKernel kernel = kernel(1);
        kernel.add(kernel.thread().withPolicy(SchedulingPolicy.FIFO));
        kernel.add(kernel.thread().withPolicy(SchedulingPolicy.FIFO));
        kernel.pick(0);
        kernel.advanceMs(10_000);

        assertThat(kernel.lastDecision().quantumNs()).isEqualTo(SchedulingDecision.UNLIMITED);
        assertThat(kernel.tick(0)).isFalse();
    }

    @Test
    default void shouldRunIdleThreadsOnlyWhenNothingElseIsReady() {
        FakeKernel kernel = kernel(1);
        FakeThread idle = kernel.add(kernel.thread().withPriority(0).withPolicy(SchedulingPolicy.IDLE));
        FakeThread normal = kernel.add(kernel.thread().withPriority(139));

        assertThat(kernel.drain(0)).containsExactly(normal, idle);
    }

    @Test
    default void shouldAskAnIdleThreadToGiveWayAtOnce() {
        FakeKernel kernel = kernel(1);
        kernel.add(kernel.thread().withPolicy(SchedulingPolicy.IDLE));
        kernel.pick(0);
        assertThat(kernel.tick(0)).isFalse();

        kernel.add(kernel.thread());

        assertThat(kernel.tick(0)).isTrue();
    }

    @Test
    default void shouldRefuseDeadlineThreadsWithAReason() {
        FakeKernel kernel = kernel(1);
        FakeThread thread = kernel.thread().withPolicy(SchedulingPolicy.DEADLINE);

        assertThatThrownBy(() -> kernel.scheduler().admit(thread))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED))
                .hasMessageContaining("DEADLINE")
                .hasMessageContaining("NORMAL");
    }

    @Test
    default void shouldAdmitEveryOtherPolicy() {
        FakeKernel kernel = kernel(1);
        for (SchedulingPolicy policy : SchedulingPolicy.values()) {
            if (policy != SchedulingPolicy.DEADLINE) {
                kernel.scheduler().admit(kernel.thread().withPolicy(policy));
            }
        }
    }

    @Test
    default void shouldGiveEqualThreadsEqualNumbersOfTurns() {
        FakeKernel kernel = kernel(1);
        Map<FakeThread, Integer> turns = new HashMap<>();
        kernel.addThreads(7).forEach(thread -> turns.put(thread, 0));
        kernel.pick(0);

        for (int i = 0; i < 1_000; i++) {
            turns.merge(kernel.current(0), 1, Integer::sum);
            kernel.advanceNs(kernel.lastDecision().quantumNs());
            assertThat(kernel.tick(0)).isTrue();
            kernel.giveUp(0, SwitchReason.PREEMPTION);
            kernel.pick(0);
        }

        assertThat(turns.values()).allMatch(count -> count == 1_000 / 7 || count == 1_000 / 7 + 1);
    }

    @Test
    default void shouldCountExactly() {
        FakeKernel kernel = kernel(2);
        kernel.addThreads(5);
        kernel.pick(0);
        kernel.giveUp(0, SwitchReason.YIELD);
        kernel.pick(0);
        kernel.giveUp(0, SwitchReason.PREEMPTION);
        kernel.pick(0);
        kernel.giveUp(0, SwitchReason.PREEMPTION);
        kernel.pick(0);
        kernel.block(0);
        kernel.pick(0);
        kernel.pick(1);

        SchedulerStats stats = kernel.scheduler().stats();

        assertThat(stats.ready()).isEqualTo(2);
        assertThat(stats.running()).isEqualTo(2);
        assertThat(stats.switches()).isEqualTo(6);
        assertThat(stats.yields()).isEqualTo(1);
        assertThat(stats.preemptions()).isEqualTo(2);
        assertThat(stats.blocks()).isEqualTo(1);
    }
}

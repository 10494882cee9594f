package helix.scheduler.priority;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.tck.FakeKernel;
import helix.tck.FakeThread;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrioritySchedulerTest {

    private final PriorityScheduler scheduler = new PriorityScheduler(PrioritySettings.DEFAULT);
    private final FakeKernel kernel = new FakeKernel(scheduler, 1);

    @Test
    void shouldRunTheMostImportantFirstAndEqualsInOrderOfArrival() {
        FakeThread normal = addAt(120);
        FakeThread low = addAt(139);
        FakeThread realTime = addAt(50);
        FakeThread normalToo = addAt(120);
        FakeThread highest = addAt(0);

        assertThat(kernel.drain(0)).containsExactly(highest, realTime, normal, normalToo, low);
    }

    @Test
    void shouldPreemptAtOnceForAMoreImportantThread() {
        addAt(120);
        kernel.pick(0);

        addAt(119);

        assertThat(kernel.tick(0)).isTrue();
    }

    @Test
    void shouldLetTheCurrentThreadFinishItsQuantumBeforeAnEqualOne() {
        addAt(120);
        kernel.pick(0);
        addAt(120);

        kernel.advanceMs(9);
        assertThat(kernel.tick(0)).isFalse();
        kernel.advanceMs(1);
        assertThat(kernel.tick(0)).isTrue();
    }

    @Test
    void shouldNotEndATurnForALessImportantThread() {
        addAt(120);
        kernel.pick(0);
        addAt(121);

        kernel.advanceMs(500);

        assertThat(kernel.tick(0)).isFalse();
    }

    @Test
    void shouldNotPreemptWithinTheQuantumForABatchThread() {
        addAt(120);
        kernel.pick(0);
        kernel.add(kernel.thread().withPriority(110).withPolicy(SchedulingPolicy.BATCH));
        assertThat(kernel.tick(0)).isFalse();

        kernel.advanceMs(10);

        assertThat(kernel.tick(0)).isTrue();
    }

    @Test
    void shouldNotLetABatchThreadWaitForTheEndOfATurnThatHasNone() {
        FakeThread endless = kernel.add(kernel.thread().withPolicy(SchedulingPolicy.FIFO));
        assertThat(kernel.pick(0)).isSameAs(endless);
        kernel.add(kernel.thread().withPriority(110).withPolicy(SchedulingPolicy.BATCH));

        assertThat(kernel.tick(0)).isTrue();
    }

    @Test
    void shouldPreemptForAnOrdinaryThreadThoughABatchThreadIsMoreImportantStill() {
        addAt(120);
        kernel.pick(0);
        kernel.add(kernel.thread().withPriority(110).withPolicy(SchedulingPolicy.BATCH));
        addAt(115);

        assertThat(kernel.tick(0)).isTrue();
    }

    @Test
    void shouldPreemptAFifoThreadOnlyForAMoreImportantOne() {
        kernel.add(kernel.thread().withPriority(50).withPolicy(SchedulingPolicy.FIFO));
        kernel.pick(0);
        addAt(50);
        kernel.advanceMs(60_000);
        assertThat(kernel.tick(0)).isFalse();

        addAt(49);

        assertThat(kernel.tick(0)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"NORMAL,10", "ROUND_ROBIN,10", "BATCH,20", "IDLE,10"})
    void shouldGiveEachPolicyItsQuantum(SchedulingPolicy policy, long expectedMs) {
        kernel.add(kernel.thread().withPolicy(policy));

        kernel.pick(0);

        assertThat(TimeUnit.NANOSECONDS.toMillis(kernel.lastDecision().quantumNs()))
                .isEqualTo(expectedMs);
    }

    @Test
    void shouldGiveFifoThreadsNoLimit() {
        kernel.add(kernel.thread().withPolicy(SchedulingPolicy.FIFO));

        kernel.pick(0);

        assertThat(kernel.lastDecision().quantumNs()).isEqualTo(SchedulingDecision.UNLIMITED);
    }

    @Test
    void shouldUseAChangedPriorityFromTheNextTurnOn() {
        FakeThread first = addAt(110);
        FakeThread second = addAt(120);
        first.withPriority(130);

        assertThat(kernel.pick(0)).as("still queued at 110").isSameAs(first);
        kernel.giveUp(0, SwitchReason.YIELD);

        assertThat(kernel.drain(0)).containsExactly(second, first);
    }

    @Test
    void shouldKeepThePlaceOfAThreadThatTheAskingCpuMayNotRun() {
        FakeKernel two = new FakeKernel(new PriorityScheduler(PrioritySettings.DEFAULT), 2);
        FakeThread pinned = two.add(two.thread().withAffinity(CpuSet.of(new CpuId(1))));
        FakeThread free = two.add(two.thread());
        FakeThread last = two.add(two.thread());

        assertThat(two.pick(0)).isSameAs(free);
        assertThat(two.pick(1)).isSameAs(pinned);
        assertThat(two.rotate(1)).isSameAs(last);
    }

    private FakeThread addAt(int level) {
        return kernel.add(kernel.thread().withPriority(level));
    }
}

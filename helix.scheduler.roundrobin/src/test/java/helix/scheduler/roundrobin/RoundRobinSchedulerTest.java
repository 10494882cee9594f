package helix.scheduler.roundrobin;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import helix.tck.FakeKernel;
import helix.tck.FakeThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RoundRobinSchedulerTest {

    private static final int BALANCE_TICKS = 100;

    private final RoundRobinScheduler scheduler = new RoundRobinScheduler(RoundRobinSettings.DEFAULT);

    @Test
    void shouldQueueNewThreadsForTheLeastLoadedCpuAndTheFirstAmongEquals() {
        FakeKernel kernel = new FakeKernel(scheduler, 3);
        List<FakeThread> threads = kernel.addThreads(7);

        Map<CpuId, List<ThreadRef>> queues = queues();

        assertThat(queues.get(new CpuId(0))).containsExactly(threads.get(0), threads.get(3), threads.get(6));
        assertThat(queues.get(new CpuId(1))).containsExactly(threads.get(1), threads.get(4));
        assertThat(queues.get(new CpuId(2))).containsExactly(threads.get(2), threads.get(5));
    }

    @Test
    void shouldPreferAnIdleCpuToABusyOneWithAnEmptyQueue() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        kernel.addThreads(1);
        kernel.pick(0);
        FakeThread second = kernel.add(kernel.thread());

        assertThat(queues().get(new CpuId(1))).containsExactly(second);
    }

    @Test
    void shouldQueueAPinnedThreadWhereItMayRunHoweverLongThatQueueIs() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        for (int i = 0; i < 5; i++) {
            kernel.add(kernel.thread().withAffinity(CpuSet.of(new CpuId(1))));
        }

        assertThat(queues().get(new CpuId(1))).hasSize(5);
    }

    @Test
    void shouldTakeTheOldestThreadOfTheLongestQueueWhenItsOwnIsEmpty() {
        FakeKernel kernel = new FakeKernel(scheduler, 3);
        pin(kernel, 1, 1);
        List<FakeThread> longest = pin(kernel, 2, 3);
        longest.forEach(thread -> thread.withAffinity(CpuSet.ALL));

        assertThat(kernel.pick(0)).isSameAs(longest.get(0));
        assertThat(scheduler.stats().migrations()).isEqualTo(1);
    }

    @Test
    void shouldShareTwoCpusEvenlyAmongThreeThreads() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        List<FakeThread> threads = kernel.addThreads(3);
        kernel.pick(0);
        kernel.pick(1);

        runForMs(kernel, 2, 6_000);

        assertThat(threads).allMatch(thread -> Math.abs(thread.ranNs() - 4_000_000_000L) < 50_000_000L);
    }

    @Test
    void shouldEvenOutTheQueuesAfterTheInterval() {
        FakeKernel kernel = new FakeKernel(scheduler, 4);
        List<FakeThread> threads = pin(kernel, 0, 41);
        FakeThread running = kernel.pick(0);
        threads.forEach(thread -> thread.withAffinity(CpuSet.ALL));

        tick(kernel, 0, BALANCE_TICKS - 1);
        assertThat(scheduler.stats().migrations())
                .as("before the interval is over")
                .isZero();
        tick(kernel, 0, 1);

        assertThat(scheduler.stats().migrations()).isEqualTo(30);
        SchedulerState state = scheduler.exportState();
        assertThat(state.queues()).hasSize(4).allMatch(queue -> queue.threads().size() == 10);
        assertThat(state.queues()).allMatch(RoundRobinSchedulerTest::isInReadyOrder);
        assertThat(state.queues()).noneMatch(queue -> queue.threads().contains(running));
    }

    @Test
    void shouldMoveOnlyThreadsThatMayRunElsewhere() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        pin(kernel, 0, 10);
        FakeThread free = pin(kernel, 0, 1).get(0).withAffinity(CpuSet.ALL);
        pin(kernel, 0, 10);

        tick(kernel, 1, BALANCE_TICKS);

        assertThat(queues().get(new CpuId(1))).containsExactly(free);
    }

    @Test
    void shouldLeaveADifferenceOfOneAlone() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        kernel.addThreads(5);
        kernel.tick(0);

        tick(kernel, 0, BALANCE_TICKS);

        assertThat(scheduler.stats().migrations()).isZero();
    }

    @Test
    void shouldCountThreadsThatLeaveAnOfflineCpuAsMigrations() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        kernel.addThreads(6);

        kernel.offline(1);

        assertThat(scheduler.stats().migrations()).isEqualTo(3);
    }

    @Test
    void shouldHandTheQueuesThemselvesToASuccessorOfItsKind() {
        FakeKernel kernel = new FakeKernel(scheduler, 3);
        kernel.addThreads(9);
        kernel.add(kernel.thread().withPolicy(SchedulingPolicy.IDLE));
        SchedulerState first = scheduler.exportState();
        RoundRobinScheduler successor = new RoundRobinScheduler(RoundRobinSettings.DEFAULT);

        successor.importState(first);
        successor.cpuOnline(new CpuId(0));
        SchedulerState second = successor.exportState();

        assertThat(second.queues()).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(second.queues().get(i).cpu())
                    .isEqualTo(first.queues().get(i).cpu());
            assertThat(second.queues().get(i).level())
                    .isEqualTo(first.queues().get(i).level());
            assertThat(second.queues().get(i).threads())
                    .isSameAs(first.queues().get(i).threads());
        }
    }

    @Test
    void shouldKeepTheOrderOfEachQueueThroughASwap() throws Exception {
        RoundRobinModule old = new RoundRobinModule(RoundRobinSettings.DEFAULT);
        FakeKernel kernel = new FakeKernel(old, 2);
        kernel.addThreads(40);
        SchedulerState before = old.exportState();
        List<List<ThreadRef>> expected = new ArrayList<>();
        before.queues().forEach(queue -> expected.add(List.copyOf(queue.threads())));
        old.resume();

        kernel.swapTo(new RoundRobinModule(RoundRobinSettings.DEFAULT));
        kernel.online(0);
        kernel.online(1);

        for (int i = 0; i < 20; i++) {
            assertThat(kernel.pick(0)).isSameAs(expected.get(0).get(i));
            assertThat(kernel.pick(1)).isSameAs(expected.get(1).get(i));
        }
    }

    @Test
    void shouldFinishWhatStandsInFrontBeforeAThreadThatCameFromAVanishedCpu() throws Exception {
        RoundRobinModule old = new RoundRobinModule(RoundRobinSettings.DEFAULT);
        FakeKernel kernel = new FakeKernel(old, 3);
        List<FakeThread> threads = kernel.addThreads(9);

        kernel.swapTo(new RoundRobinModule(RoundRobinSettings.DEFAULT));
        kernel.online(0);

        assertThat(kernel.drain(0).subList(0, 3)).containsExactly(threads.get(0), threads.get(3), threads.get(6));
    }

    @Test
    void shouldReachTheLivingBehindManyDeadWhenItTakesFromAnotherCpu() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        List<FakeThread> dead = pin(kernel, 0, 1_000);
        FakeThread living = pin(kernel, 0, 1).get(0).withAffinity(CpuSet.ALL);
        dead.forEach(FakeThread::dies);

        assertThat(kernel.pick(1)).isSameAs(living);
    }

    @Test
    void shouldNotLeaveAThreadBehindOneWhoseTurnNeverEnds() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        FakeThread endless = kernel.add(kernel.thread().withPolicy(SchedulingPolicy.FIFO));
        FakeThread first = kernel.add(kernel.thread());
        assertThat(kernel.pick(0)).isSameAs(endless);
        assertThat(kernel.pick(1)).isSameAs(first);
        List<FakeThread> more = kernel.addThreads(4);

        runForMs(kernel, 2, 6_000);

        assertThat(more).allMatch(thread -> thread.ranNs() > 1_000_000_000L);
        assertThat(kernel.current(0)).isSameAs(endless);
    }

    @Test
    void shouldMoveThreadsAwayFromBehindOneWhoseTurnNeverEnds() {
        FakeKernel kernel = new FakeKernel(scheduler, 2);
        List<FakeThread> queued = kernel.addThreads(2);
        FakeThread endless =
                kernel.add(kernel.thread().withPolicy(SchedulingPolicy.FIFO).withAffinity(CpuSet.of(new CpuId(0))));
        assertThat(kernel.pick(0)).isSameAs(queued.get(0));
        assertThat(kernel.pick(1)).isSameAs(queued.get(1));
        kernel.giveUp(0, SwitchReason.YIELD);
        assertThat(kernel.pick(0)).isSameAs(endless);
        kernel.addThreads(1);

        runForMs(kernel, 2, 6_000);

        assertThat(queued.get(0).ranNs()).isGreaterThan(1_000_000_000L);
    }

    private static boolean isInReadyOrder(Queue queue) {
        long last = 0;
        for (ThreadRef thread : queue.threads()) {
            if (thread.readyOrder() < last) {
                return false;
            }
            last = thread.readyOrder();
        }
        return true;
    }

    private static List<FakeThread> pin(FakeKernel kernel, int cpu, int count) {
        List<FakeThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(kernel.add(kernel.thread().withAffinity(CpuSet.of(new CpuId(cpu)))));
        }
        return threads;
    }

    /** Ticks without time passing, so that nothing but counting happens. */
    private static void tick(FakeKernel kernel, int cpu, int count) {
        for (int i = 0; i < count; i++) {
            kernel.tick(cpu);
        }
    }

    private static void runForMs(FakeKernel kernel, int cpus, int ms) {
        for (int i = 0; i < ms; i++) {
            kernel.advanceMs(1);
            for (int cpu = 0; cpu < cpus; cpu++) {
                if (kernel.tick(cpu)) {
                    kernel.giveUp(cpu, SwitchReason.PREEMPTION);
                    kernel.pick(cpu);
                }
            }
        }
    }

    private Map<CpuId, List<ThreadRef>> queues() {
        return scheduler.exportState().queues().stream()
                .collect(Collectors.toMap(Queue::cpu, queue -> List.copyOf(queue.threads())));
    }
}

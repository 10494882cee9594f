package helix.scheduler.priority;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.scheduler.SchedulerStats;
import helix.api.thread.ThreadRef;
import helix.scheduler.roundrobin.RoundRobinConfig;
import helix.scheduler.roundrobin.RoundRobinModule;
import helix.tck.FakeConfig;
import helix.tck.FakeKernel;
import helix.tck.FakeThread;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriorityHandOverTest {

    @Test
    void shouldHandTheQueuesThemselvesToASuccessorOfItsKind() {
        PriorityScheduler old = new PriorityScheduler(PrioritySettings.DEFAULT);
        FakeKernel kernel = new FakeKernel(old, 1);
        addRandomly(kernel, 50);
        SchedulerState first = old.exportState();
        List<ArrayDeque<ThreadRef>> given =
                first.queues().stream().map(Queue::threads).toList();
        PriorityScheduler successor = new PriorityScheduler(PrioritySettings.DEFAULT);

        successor.importState(first);
        List<Queue> got = successor.exportState().queues();

        assertThat(got).hasSameSizeAs(given);
        for (int i = 0; i < given.size(); i++) {
            assertThat(got.get(i).threads()).isSameAs(given.get(i));
        }
    }

    @Test
    void shouldCarryAThousandThreadsThroughRoundRobinPriorityAndRoundRobin() throws Exception {
        FakeKernel kernel = new FakeKernel(roundRobin(), 2);
        List<FakeThread> threads = addRandomly(kernel, 1_000);
        kernel.pick(0);
        kernel.advanceMs(3);
        kernel.pick(1);
        kernel.rotate(0);
        SchedulerStats before = kernel.scheduler().stats();

        SchedulerState first = kernel.swapTo(new PriorityModule(PrioritySettings.DEFAULT));
        List<ThreadRef> order = first.inReadyOrder();
        SchedulerState second = kernel.swapTo(roundRobin());

        assertThat(second.current()).containsExactlyInAnyOrderElementsOf(first.current());
        assertThat(second.inReadyOrder()).containsExactlyElementsOf(order);
        assertThat(kernel.scheduler().stats()).isEqualTo(before);
        kernel.online(0);
        List<ThreadRef> drained = new ArrayList<>(List.of(kernel.current(1), kernel.block(0)));
        drained.addAll(kernel.drain(0));
        assertThat(drained).containsExactlyInAnyOrderElementsOf(threads);
        assertThat(drained.subList(2, 1_000)).containsExactlyElementsOf(order);
    }

    @Test
    void shouldQueueByPriorityWhatComesFromRoundRobin() throws Exception {
        FakeKernel kernel = new FakeKernel(roundRobin(), 3);
        FakeThread low = kernel.add(kernel.thread().withPriority(130));
        FakeThread high = kernel.add(kernel.thread().withPriority(90));
        FakeThread highToo = kernel.add(kernel.thread().withPriority(90));

        kernel.swapTo(new PriorityModule(PrioritySettings.DEFAULT));
        kernel.online(0);

        assertThat(kernel.drain(0)).containsExactly(high, highToo, low);
    }

    @Test
    void shouldKeepAnAgedThreadAheadThroughASwap() throws Exception {
        FakeKernel kernel = new FakeKernel(new PriorityModule(PrioritySettings.ofMillis(10, 1, 1)), 1);
        FakeThread aged = kernel.add(kernel.thread().withPriority(139));
        FakeThread busy = kernel.add(kernel.thread().withPriority(101));
        kernel.add(kernel.thread().withPriority(101));
        kernel.advanceMs(2);
        kernel.tick(0);

        kernel.swapTo(new PriorityModule(PrioritySettings.DEFAULT));
        kernel.online(0);

        assertThat(kernel.pick(0)).isSameAs(aged);
        assertThat(kernel.rotate(0)).isSameAs(busy);
    }

    private static Scheduler roundRobin() {
        return new RoundRobinModule(FakeConfig.of(RoundRobinConfig.class, Map.of()));
    }

    private static List<FakeThread> addRandomly(FakeKernel kernel, int count) {
        Random random = new Random(42);
        List<FakeThread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(kernel.add(kernel.thread().withPriority(random.nextInt(140))));
        }
        return threads;
    }
}

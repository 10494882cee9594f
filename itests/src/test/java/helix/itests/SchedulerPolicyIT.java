package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulingDecision;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapReport;
import helix.api.thread.KernelThread;
import helix.api.thread.Priority;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.Test;

/** The policy in the slot rules: threads really run in the order it says. */
public class SchedulerPolicyIT extends OnMachine {

    @Test
    public void shouldRunThreadsLastInFirstOutUnderSuchAPolicy() throws Exception {
        candidates.offer("lifo", () -> new ListScheduler() {
            @Override
            protected void put(ThreadRef thread) {
                ready.addFirst(thread);
            }
        });
        assertTrue(swap("lifo").isSwapped());

        List<Integer> order = runQueued(20);

        List<Integer> expected = new ArrayList<>(IntStream.range(0, 20).boxed().toList());
        Collections.reverse(expected);
        assertEquals(expected, order);
    }

    @Test
    public void shouldStopTheMachineUnderAPolicyThatPicksNothingAndSaySo() throws Exception {
        candidates.offer("nothing", () -> new ListScheduler() {
            @Override
            public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
                return SchedulingDecision.IDLE;
            }
        });
        assertTrue(swap("nothing").isSwapped());
        KernelThread<String> waiting = threads.spawn(ThreadOptions.named("waiting"), () -> "ran");

        await(() -> threads.machine().stalled().isPresent());
        assertTrue(
                threads.machine().stalled().get(),
                threads.machine().stalled().get().contains("1 "));
        assertEquals(0, threads.machine().running());

        assertTrue(swap("roundrobin").isSwapped());
        assertEquals("ran", waiting.join(Duration.ofSeconds(PATIENCE_S)).orElseThrow());
        await(() -> threads.machine().stalled().isEmpty());
    }

    @Test
    public void shouldKeepTheOrderOfAThousandQueuedThreadsFromRoundRobinToPriorityAndBack() throws Exception {
        List<Integer> order = runQueued(1_000, "priority", "roundrobin");

        assertEquals(IntStream.range(0, 1_000).boxed().toList(), order);
    }

    /** The first half of the demonstration of the original system. */
    @Test
    public void shouldKeepThreeTasksAndPickOnWhenTheSchedulerIsSwapped() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<KernelThread<String>> tasks =
                List.of(spawnTask("init", 0, end), spawnTask("shell", 10, end), spawnTask("background", 50, end));
        awaitSwitches(5);

        SwapReport report = swap("priority");

        assertTrue(report.isSwapped());
        assertEquals(StateOutcome.BY_REFERENCE, report.state());
        assertEquals(
                3,
                threads.list().stream()
                        .filter(thread -> List.of("init", "shell", "background").contains(thread.name()))
                        .count());
        awaitSwitches(5);
        end.countDown();
        for (KernelThread<String> task : tasks) {
            assertTrue(task.join(Duration.ofSeconds(PATIENCE_S)).isPresent());
        }
    }

    private KernelThread<String> spawnTask(String name, int priority, CountDownLatch end) {
        ThreadOptions options = ThreadOptions.named(name).withPriority(new Priority(priority));
        return threads.spawn(options, () -> {
            while (end.getCount() > 0) {
                threads.sleep(Duration.ofMillis(1));
            }
            return name;
        });
    }

    private void awaitSwitches(int more) throws Exception {
        long goal = threads.machine().switches() + more;
        await(() -> threads.machine().switches() >= goal);
    }

    /**
     * Queues threads while the one CPU there is is taken, swaps meanwhile, and returns the order in which they ran. One CPU,
     * so that there is one order.
     */
    private List<Integer> runQueued(int count, String... modules) throws Exception {
        withLongQuanta();
        occupy(onOneCpu());
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        List<KernelThread<Boolean>> queued = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            queued.add(threads.spawn(ThreadOptions.named("q" + i), () -> order.add(number)));
        }
        for (String module : modules) {
            SwapReport report = swapAtLast(module);
            assertTrue(report.toString(), report.isSwapped());
            assertEquals(StateOutcome.BY_REFERENCE, report.state());
            assertEquals(Long.valueOf(count), report.carried().get("ready"));
        }
        releaseCpus();
        joinAll(queued);
        return List.copyOf(order);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!condition.getAsBoolean()) {
            assertTrue("waited " + PATIENCE_S + " s in vain", System.nanoTime() < deadline);
            Thread.onSpinWait();
        }
    }
}

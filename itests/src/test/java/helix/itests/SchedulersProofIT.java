package helix.itests;

import static helix.itests.Eventually.eventually;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.CpuId;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.SchedulerStats;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.Priority;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import helix.api.thread.ThreadView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.Test;

/** What the two shipped schedulers promise, letter by letter, with real threads. */
public class SchedulersProofIT extends OnMachine {

    private final List<String> order = new CopyOnWriteArrayList<>();

    // ---- a: there and back

    @Test
    public void a_shouldKeepThreadsPrioritiesRunTimesCurrentAndCountersFromRoundRobinToPriorityAndBack()
            throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        List<KernelThread<Boolean>> queued = queueThreadsThatHaveRun(20, cpu);
        List<ThreadView> threadsBefore = threads.list();
        SchedulerStats before = stats();
        assertEquals(20, before.ready());
        assertEquals(1, before.running());
        assertTrue(threadsBefore.stream().filter(thread -> thread.ranNs() > 0).count() >= 20);

        swapWithState("priority");
        assertEquals(threadsBefore, threads.list());
        assertEquals(before, stats());
        swapWithState("roundrobin");
        assertEquals(threadsBefore, threads.list());
        assertEquals(before, stats());

        releaseCpus();
        joinAll(queued);
        assertEquals(names(20), order);
    }

    /** Threads of many priorities that have used CPU time, ready again in order behind a thread that holds the CPU. */
    private List<KernelThread<Boolean>> queueThreadsThatHaveRun(int count, CpuId cpu) throws Exception {
        List<KernelThread<Boolean>> queued = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "t" + i;
            ThreadOptions options = ThreadOptions.named(name).withPriority(new Priority(100 + (i * 7) % 40));
            queued.add(threads.spawn(options, () -> {
                threads.block(BlockReason.SIGNAL);
                return order.add(name);
            }));
        }
        queued.forEach(thread -> awaitState(thread, ThreadState.BLOCKED));
        occupy(cpu);
        queued.forEach(thread -> assertTrue(threads.wake(thread.id())));
        return queued;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "t" + i).toList();
    }

    // ---- b: the first pick

    @Test
    public void b_shouldPickTheFirstThreadFirst() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        for (String scheduler : SCHEDULERS) {
            swapWithState(scheduler);
            order.clear();
            occupy(cpu);
            List<KernelThread<Boolean>> queued = new ArrayList<>();
            for (String name : names(5)) {
                queued.add(threads.spawn(ThreadOptions.named(name), () -> order.add(name)));
            }

            releaseCpus();
            joinAll(queued);

            assertEquals(scheduler, names(5), order);
        }
    }

    // ---- c: one at a time

    @Test
    public void c_shouldHaveOneThreadRunningAtATimeOnOneCpu() throws Exception {
        withLongQuanta();
        onOneCpu();
        for (String scheduler : SCHEDULERS) {
            swapWithState(scheduler);
            AtomicInteger running = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<KernelThread<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.spawn(ThreadOptions.DEFAULT, () -> runInTurns(running, most)));
            }
            joinAll(all);
            assertEquals(scheduler, 1, most.get());
        }
    }

    private boolean runInTurns(AtomicInteger running, AtomicInteger most) {
        for (int turn = 0; turn < 200; turn++) {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
            threads.yield();
        }
        return true;
    }

    // ---- d: turns

    @Test
    public void d_shouldRunThreadsOfOnePriorityInTurns() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        for (String scheduler : SCHEDULERS) {
            swapWithState(scheduler);
            order.clear();
            occupy(cpu);
            List<KernelThread<Boolean>> all = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                all.add(threads.spawn(ThreadOptions.named(name), () -> takeTurns(name, 4)));
            }

            releaseCpus();
            joinAll(all);

            assertEquals(scheduler, "abcabcabcabc", String.join("", order));
        }
    }

    @Test
    public void d_shouldFinishAMoreImportantLevelFirstUnderPriority() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        swapWithState("priority");
        occupy(cpu);
        List<KernelThread<Boolean>> all = new ArrayList<>();
        for (String name : List.of("x", "y")) {
            ThreadOptions low = ThreadOptions.named(name).withPriority(Priority.BELOW_NORMAL);
            all.add(threads.spawn(low, () -> takeTurns(name, 2)));
        }
        for (String name : List.of("a", "b")) {
            ThreadOptions high = ThreadOptions.named(name).withPriority(Priority.HIGH);
            all.add(threads.spawn(high, () -> takeTurns(name, 2)));
        }

        releaseCpus();
        joinAll(all);

        assertEquals("ababxyxy", String.join("", order));
    }

    private boolean takeTurns(String name, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            order.add(name);
            threads.yield();
        }
        return true;
    }

    // ---- e: the end of the current thread

    @Test
    public void e_shouldGoOnWithTheNextThreadWhenTheCurrentOneIsKilled() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        for (String scheduler : SCHEDULERS) {
            swapWithState(scheduler);
            KernelThread<String> current = spawnEndless();
            KernelThread<String> next = threads.spawn(ThreadOptions.named("next"), () -> "ran");
            assertEquals(current.id(), cpus.list().get(cpu.number()).current().orElseThrow());

            current.kill();

            assertKilled(current);
            assertEquals("ran", next.join(PATIENCE).orElseThrow());
        }
    }

    @Test
    public void e_shouldRunNewThreadsAfterTheLastOneWasKilledOnItsCpu() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        for (String scheduler : SCHEDULERS) {
            swapWithState(scheduler);
            KernelThread<String> last = spawnEndless();

            last.kill();

            assertKilled(last);
            eventually(
                    "the CPU is idle",
                    () -> cpus.list().get(cpu.number()).current().isEmpty());
            assertEquals(0, stats().ready());
            assertEquals(0, stats().running());
            assertEquals(
                    "ran",
                    threads.spawn(ThreadOptions.DEFAULT, () -> "ran")
                            .join(PATIENCE)
                            .orElseThrow());
        }
    }

    /** A thread that runs, and enters the kernel again and again. */
    private KernelThread<String> spawnEndless() throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        KernelThread<String> endless = threads.spawn(ThreadOptions.named("endless"), () -> {
            runs.countDown();
            while (true) {
                threads.checkpoint();
            }
        });
        assertTrue(runs.await(PATIENCE_S, TimeUnit.SECONDS));
        return endless;
    }

    private static void assertKilled(KernelThread<?> thread) {
        CompletionException end = assertThrows(CompletionException.class, () -> thread.join(PATIENCE));
        assertEquals(ErrorCode.KILLED, ((KernelException) end.getCause()).code());
    }
}

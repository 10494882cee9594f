package helix.itests;

import static helix.itests.Eventually.eventually;
import static helix.itests.Eventually.spinUntil;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.CpuId;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchHook;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.Test;
import org.junit.function.ThrowingRunnable;
import org.osgi.framework.ServiceRegistration;

/** What the execution of kernel threads promises, letter by letter; {@link ThreadsProofIT} shows the rest of the API. */
public class ExecutionProofIT extends OnMachine {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final List<String> order = new CopyOnWriteArrayList<>();

    // ---- a: states

    @Test
    public void a_shouldGoThroughTheStatesOfTheTable() throws Exception {
        CpuId cpu = onOneCpu();
        occupy(cpu);
        List<ThreadState> seen = new CopyOnWriteArrayList<>();
        AtomicBoolean end = new AtomicBoolean();
        KernelThread<String> thread = threads.spawn(ThreadOptions.named("walker"), () -> {
            noteOwnState(seen);
            threads.block(BlockReason.IO);
            noteOwnState(seen);
            threads.sleep(AN_HOUR);
            noteOwnState(seen);
            while (!end.get()) {
                threads.checkpoint();
            }
            return "walked";
        });
        note(seen, thread, ThreadState.READY);
        releaseCpus();

        note(seen, thread, ThreadState.BLOCKED);
        assertEquals(Optional.of(BlockReason.IO), view(thread.id()).reason());
        makeReady(seen, thread, cpu, () -> threads.wake(thread.id()));
        eventually("it runs on", () -> seen.get(seen.size() - 1) == ThreadState.RUNNING);
        note(seen, thread, ThreadState.SLEEPING);
        assertEquals(Optional.of(BlockReason.TIMER), view(thread.id()).reason());
        makeReady(seen, thread, cpu, () -> threads.wake(thread.id()));
        eventually("it runs on", () -> seen.get(seen.size() - 1) == ThreadState.RUNNING);
        threads.stop(thread.id());
        note(seen, thread, ThreadState.STOPPED);
        makeReady(seen, thread, cpu, () -> threads.resume(thread.id()));
        note(seen, thread, ThreadState.RUNNING);
        end.set(true);
        note(seen, thread, ThreadState.ZOMBIE);
        assertEquals("walked", thread.join(PATIENCE).orElseThrow());
        note(seen, thread, ThreadState.DEAD);

        assertEquals(
                "READY RUNNING BLOCKED READY RUNNING SLEEPING READY RUNNING STOPPED READY RUNNING ZOMBIE DEAD",
                String.join(" ", seen.stream().map(Enum::name).toList()));
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(seen.subList(0, i + 1).toString(), seen.get(i - 1).canBecome(seen.get(i)));
        }
    }

    private void noteOwnState(List<ThreadState> seen) {
        seen.add(view(threads.current().orElseThrow()).state());
    }

    private static void note(List<ThreadState> seen, KernelThread<?> thread, ThreadState state) {
        awaitState(thread, state);
        seen.add(state);
    }

    /** Ends a wait while the only CPU is taken, so that the thread is seen to be ready. */
    private void makeReady(List<ThreadState> seen, KernelThread<?> thread, CpuId cpu, Runnable waking)
            throws Exception {
        occupy(cpu);
        waking.run();
        note(seen, thread, ThreadState.READY);
        releaseCpus();
    }

    @Test
    public void a_shouldRefuseOrIgnoreStepsThatTheTableForbids() throws Exception {
        CpuId cpu = onOneCpu();
        occupy(cpu);
        KernelThread<String> ready = threads.spawn(ThreadOptions.named("ready"), () -> "ran");

        assertTrue(threads.wake(ready.id()));
        threads.resume(ready.id());
        assertEquals("ready is not woken", ThreadState.READY, ready.state());
        KernelException refused = assertThrows(KernelException.class, () -> threads.block(BlockReason.IO));
        assertEquals(ErrorCode.INVALID_STATE, refused.code());
        assertTrue(refused.getMessage(), refused.getMessage().contains("is no kernel thread"));

        releaseCpus();
        assertEquals("ran", ready.join(PATIENCE).orElseThrow());
        ready.kill();
        assertEquals("the dead stay dead", ThreadState.DEAD, ready.state());
        assertEquals("ran", ready.join(PATIENCE).orElseThrow());
        assertFalse(threads.wake(ready.id()));
        assertNotFound(() -> threads.stop(ready.id()));
        assertNotFound(() -> threads.resume(ready.id()));
        assertNotFound(() -> threads.kill(ready.id()));
        assertNotFound(() -> threads.setPriority(ready.id(), Priority.HIGH));
    }

    private static void assertNotFound(ThrowingRunnable call) {
        assertEquals(
                ErrorCode.NOT_FOUND, assertThrows(KernelException.class, call).code());
    }

    // ---- b: order

    @Test
    public void b_shouldRunInTheOrderOfArrivalUnderRoundRobinAndOfImportanceUnderPriority() throws Exception {
        withLongQuanta();
        assertEquals(List.of("130", "120", "110", "105", "50"), runByPriority("roundrobin"));
        assertEquals(List.of("50", "105", "110", "120", "130"), runByPriority("priority"));
    }

    private List<String> runByPriority(String scheduler) throws Exception {
        swapWithState(scheduler);
        order.clear();
        occupy(onOneCpu());
        List<KernelThread<Boolean>> all = new ArrayList<>();
        for (int level : new int[] {130, 120, 110, 105, 50}) {
            ThreadOptions options = ThreadOptions.DEFAULT.withPriority(new Priority(level));
            all.add(threads.spawn(options, () -> order.add(Integer.toString(level))));
        }
        releaseCpus();
        joinAll(all);
        return List.copyOf(order);
    }

    // ---- c: hooks

    @Test
    public void c_shouldCallHooksBeforeAndAfterEachSwitchInOrderOfRankingWithTheReason() throws Exception {
        withLongQuanta();
        onOneCpu();
        List<String> told = new CopyOnWriteArrayList<>();
        AtomicBoolean go = new AtomicBoolean();
        List<ServiceRegistration<SwitchHook>> hooks =
                List.of(register(new TellingHook("low", told), -5), register(new TellingHook("high", told), 10));
        KernelThread<String> a = threads.spawn(ThreadOptions.named("a"), () -> {
            spinUntil(go);
            threads.yield();
            threads.block(BlockReason.SIGNAL);
            return "";
        });
        KernelThread<String> b = threads.spawn(ThreadOptions.named("b"), () -> "");
        go.set(true);
        b.join(PATIENCE);
        awaitState(a, ThreadState.BLOCKED);
        awaitIdle();
        threads.wake(a.id());
        a.join(PATIENCE);
        awaitIdle();
        hooks.forEach(ServiceRegistration::unregister);

        List<String> expected = new ArrayList<>();
        for (String change : List.of(
                "null->a NEW_THREAD",
                "a->b YIELD",
                "b->a EXIT",
                "a->null BLOCKED",
                "null->a NEW_THREAD",
                "a->null EXIT")) {
            String ids = change.replaceAll("\\ba\\b", a.id().toString()).replaceAll("\\bb\\b", b.id().toString());
            for (String when : List.of("high before ", "low before ", "high after ", "low after ")) {
                expected.add(when + ids);
            }
        }
        assertEquals(expected, told);
    }

    @Test
    public void c_shouldSayWhetherATickEndedAQuantumOrTookTheCpuOfAWaitingThread() throws Exception {
        // ten of these are longer than a busy host keeps a thread from running, which would count as overrunning
        configureRoundRobin(Map.of("base_time_slice_ms", 100));
        onOneCpu();
        List<String> told = new CopyOnWriteArrayList<>();
        ServiceRegistration<SwitchHook> hook = register(new TellingHook("", told), 0);
        AtomicBoolean otherRan = new AtomicBoolean();
        KernelThread<String> preempted = threads.spawn(ThreadOptions.DEFAULT, () -> {
            while (!otherRan.get()) {
                threads.checkpoint();
            }
            return "";
        });
        KernelThread<String> other = threads.spawn(ThreadOptions.DEFAULT, () -> {
            otherRan.set(true);
            // waits outside the kernel, without telling it
            while (preempted.state() != ThreadState.DEAD) {
                LockSupport.parkNanos(this, 1_000_000);
            }
            return "";
        });
        preempted.join(PATIENCE);
        other.join(PATIENCE);
        hook.unregister();

        String ended = " after " + preempted.id() + "->" + other.id() + " PREEMPTION";
        assertTrue(told.toString(), told.contains(ended));
        String taken = " after " + other.id() + "->" + preempted.id() + " INTERRUPT";
        assertTrue(told.toString(), told.contains(taken));
    }

    private ServiceRegistration<SwitchHook> register(SwitchHook hook, int ranking) {
        return context.registerService(SwitchHook.class, hook, new Hashtable<>(Map.of("service.ranking", ranking)));
    }

    private void awaitIdle() {
        eventually(
                "an idle machine",
                () -> cpus.list().stream().allMatch(cpu -> cpu.current().isEmpty()));
    }

    private record TellingHook(String name, List<String> told) implements SwitchHook {
        @Override
        public void beforeSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
            told.add(name + " before " + from + "->" + to + " " + reason);
        }

        @Override
        public void afterSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
            told.add(name + " after " + from + "->" + to + " " + reason);
        }
    }

    // ---- d: yield, block, wake, exit

    @Test
    public void d_shouldLetThreadsYieldBlockWakeAndExit() throws Exception {
        withLongQuanta();
        onOneCpu();
        KernelThread<String> waiter = threads.spawn(ThreadOptions.named("waiter"), () -> {
            order.add("waits");
            threads.block(BlockReason.SIGNAL);
            order.add("woken");
            return "exit value";
        });
        awaitState(waiter, ThreadState.BLOCKED);
        KernelThread<Boolean> waker = threads.spawn(ThreadOptions.named("waker"), () -> {
            threads.wake(waiter.id());
            order.add("wakes");
            threads.yield();
            return order.add("goes on");
        });
        joinAll(List.of(waker));

        assertEquals("exit value", waiter.join(PATIENCE).orElseThrow());
        assertEquals(List.of("waits", "wakes", "woken", "goes on"), order);
    }

    @Test
    public void d_shouldUseUpAWakeThatCameFirstOnceOnly() throws Exception {
        onOneCpu();
        AtomicBoolean woken = new AtomicBoolean();
        AtomicInteger returned = new AtomicInteger();
        KernelThread<String> thread = threads.spawn(ThreadOptions.DEFAULT, () -> {
            spinUntil(woken);
            threads.block(BlockReason.SIGNAL);
            returned.incrementAndGet();
            threads.block(BlockReason.SIGNAL);
            return "end";
        });
        threads.wake(thread.id());
        threads.wake(thread.id());
        woken.set(true);

        awaitState(thread, ThreadState.BLOCKED);
        assertEquals(1, returned.get());
        threads.wake(thread.id());
        assertEquals("end", thread.join(PATIENCE).orElseThrow());
    }

    @Test
    public void d_shouldExitWithWhatTheBodyThrew() throws Exception {
        KernelThread<String> thread = threads.spawn(ThreadOptions.DEFAULT, () -> {
            throw new IOException("broken");
        });

        CompletionException end = assertThrows(CompletionException.class, () -> thread.join(PATIENCE));
        assertEquals("broken", end.getCause().getMessage());
        assertEquals(ThreadState.DEAD, thread.state());
    }

    // ---- e: admission

    @Test
    public void e_shouldRefuseDeadlineThreadsWithTheReasonBeforeTheyExist() throws Exception {
        ThreadOptions deadline = ThreadOptions.named("late").withPolicy(SchedulingPolicy.DEADLINE);
        Callable<String> never = () -> "";
        for (String scheduler : SCHEDULERS) {
            swapWithState(scheduler);

            KernelException refused = assertThrows(KernelException.class, () -> threads.spawn(deadline, never));

            assertEquals(ErrorCode.NOT_SUPPORTED, refused.code());
            assertTrue(
                    refused.getMessage(),
                    refused.getMessage().startsWith("scheduler '" + scheduler + "' cannot promise the run time"));
            assertTrue(refused.getMessage(), refused.getMessage().contains("have [NORMAL, FIFO"));
            assertEquals(
                    ErrorCode.NOT_SUPPORTED,
                    assertThrows(
                                    KernelException.class,
                                    () -> executor.with(deadline).submit(never))
                            .code());
            assertTrue(threads.list().stream().noneMatch(thread -> thread.name().equals("late")));
        }
    }

    // ---- f: swaps

    @Test
    public void f_shouldRunThreadsOnWhileTheSchedulerIsSwapped() throws Exception {
        AtomicBoolean end = new AtomicBoolean();
        List<AtomicInteger> turns = new ArrayList<>();
        List<KernelThread<String>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            AtomicInteger mine = new AtomicInteger();
            turns.add(mine);
            all.add(threads.spawn(ThreadOptions.named("worker"), () -> {
                while (!end.get()) {
                    mine.incrementAndGet();
                    threads.yield();
                    threads.sleep(Duration.ofMillis(1));
                }
                return "done";
            }));
        }
        for (int i = 0; i < 20; i++) {
            swapWithState(SCHEDULERS.get((i + 1) % 2));
            List<Integer> before = turns.stream().map(AtomicInteger::get).toList();
            eventually("everybody gets on", () -> {
                for (int n = 0; n < before.size(); n++) {
                    if (turns.get(n).get() <= before.get(n)) {
                        return false;
                    }
                }
                return true;
            });
        }
        end.set(true);
        for (KernelThread<String> thread : all) {
            assertEquals("done", thread.join(PATIENCE).orElseThrow());
        }
    }
}

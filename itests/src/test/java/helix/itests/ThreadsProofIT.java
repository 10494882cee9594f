package helix.itests;

import static helix.itests.Eventually.eventually;
import static helix.itests.Eventually.spinUntil;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.CpuView;
import helix.api.thread.KernelExecutor;
import helix.api.thread.KernelThread;
import helix.api.thread.Priority;
import helix.api.thread.ThreadFlag;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.Test;

/** Joining, killing, CPUs, threads that wait or compute outside the kernel, executors and factories. */
public class ThreadsProofIT extends OnMachine {

    // ---- join and kill

    @Test
    public void shouldGiveTheExitValueToEveryJoinerKernelThreadOrNot() throws Exception {
        onOneCpu();
        AtomicBoolean end = new AtomicBoolean();
        KernelThread<String> thread = threads.spawn(ThreadOptions.DEFAULT, () -> {
            while (!end.get()) {
                threads.yield();
            }
            return "value";
        });
        assertEquals(Optional.empty(), thread.join(Duration.ofMillis(1)));
        assertNotEquals(ThreadState.DEAD, thread.state());
        KernelThread<String> joiner =
                threads.spawn(ThreadOptions.DEFAULT, () -> thread.join(PATIENCE).orElseThrow());

        awaitState(joiner, ThreadState.BLOCKED);
        end.set(true);

        assertEquals("value", joiner.join(PATIENCE).orElseThrow());
        assertEquals("value", thread.join(PATIENCE).orElseThrow());
    }

    @Test
    public void shouldNeverRunAThreadThatIsKilledInTheQueue() throws Exception {
        CpuId cpu = onOneCpu();
        occupy(cpu);
        AtomicBoolean ran = new AtomicBoolean();
        KernelThread<Boolean> queued = threads.spawn(ThreadOptions.DEFAULT, () -> {
            ran.set(true);
            return true;
        });

        queued.kill();

        assertKilled(queued);
        releaseCpus();
        assertEquals(
                "ran",
                threads.spawn(ThreadOptions.DEFAULT, () -> "ran").join(PATIENCE).orElseThrow());
        assertEquals(false, ran.get());
    }

    @Test
    public void shouldKillARunningThreadAtItsNextKernelEntryAndSayThatItIsPendingUntilThen() throws Exception {
        AtomicBoolean enter = new AtomicBoolean();
        CountDownLatch runs = new CountDownLatch(1);
        KernelThread<String> running = threads.spawn(ThreadOptions.DEFAULT, () -> {
            runs.countDown();
            spinUntil(enter);
            threads.checkpoint();
            return "survived";
        });
        assertTrue(runs.await(PATIENCE_S, TimeUnit.SECONDS));

        running.kill();

        assertEquals(ThreadState.RUNNING, running.state());
        assertTrue(view(running.id()).flags().contains(ThreadFlag.KILL_PENDING));
        enter.set(true);
        assertKilled(running);
    }

    @Test
    public void shouldKillABlockedThread() throws Exception {
        KernelThread<String> blocked = threads.spawn(ThreadOptions.DEFAULT, () -> {
            threads.block(BlockReason.LOCK);
            return "woken";
        });
        awaitState(blocked, ThreadState.BLOCKED);

        threads.kill(blocked.id());

        assertKilled(blocked);
    }

    private static void assertKilled(KernelThread<?> thread) {
        CompletionException end = assertThrows(CompletionException.class, () -> thread.join(PATIENCE));
        KernelException killed = (KernelException) end.getCause();
        assertEquals(ErrorCode.KILLED, killed.code());
        assertTrue(killed.getMessage(), killed.getMessage().contains("thread " + thread.id()));
    }

    // ---- CPUs

    @Test
    public void shouldRunNothingOnACpuThatIsOfflineAndRefuseToLoseTheLast() throws Exception {
        List<CpuId> all = cpus.list().stream().map(CpuView::id).toList();
        CpuId last = onOneCpu();
        long switches = switchesOfAllBut(last);

        List<KernelThread<String>> many = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            many.add(threads.spawn(ThreadOptions.DEFAULT, () -> "ran"));
        }
        joinAll(many);

        assertEquals(switches, switchesOfAllBut(last));
        KernelException refused = assertThrows(KernelException.class, () -> cpus.offline(last));
        assertEquals(ErrorCode.INVALID_STATE, refused.code());
        assertEquals("CPU 0 is the last one online and stays", refused.getMessage());
        KernelException unknown = assertThrows(KernelException.class, () -> cpus.offline(new CpuId(63)));
        assertEquals(ErrorCode.NOT_FOUND, unknown.code());
        assertTrue(unknown.getMessage(), unknown.getMessage().startsWith("no CPU 63, have "));

        all.forEach(cpus::online);
        assertTrue(cpus.list().stream().allMatch(CpuView::online));
        for (CpuId cpu : all) {
            ThreadOptions there = ThreadOptions.DEFAULT.withAffinity(CpuSet.of(cpu));
            assertEquals("ran", threads.spawn(there, () -> "ran").join(PATIENCE).orElseThrow());
        }
    }

    private long switchesOfAllBut(CpuId cpu) {
        return cpus.list().stream()
                .filter(view -> !view.id().equals(cpu))
                .mapToLong(CpuView::switches)
                .sum();
    }

    @Test
    public void shouldRefuseAnAffinityThatNamesNoCpuOfThisKernel() {
        ThreadOptions nowhere = ThreadOptions.DEFAULT.withAffinity(CpuSet.of(new CpuId(63)));

        KernelException refused = assertThrows(KernelException.class, () -> threads.spawn(nowhere, () -> "never"));

        assertEquals(ErrorCode.INVALID_ARGUMENT, refused.code());
        assertTrue(refused.getMessage(), refused.getMessage().startsWith("affinity 63 names no CPU"));
    }

    // ---- outside the kernel

    @Test
    public void shouldTakeAndCountTheCpuOfAThreadThatWaitsOutsideTheKernel() throws Exception {
        onOneCpu();
        long lost = threads.machine().lostCpus();
        CountDownLatch other = new CountDownLatch(1);
        AtomicBoolean end = new AtomicBoolean();
        KernelThread<String> waiting = threads.spawn(ThreadOptions.named("waiting"), () -> {
            other.await();
            while (!end.get()) {
                threads.yield();
            }
            return "went on";
        });
        awaitState(waiting, ThreadState.BLOCKED);
        assertTrue(view(waiting.id()).lostCpu() >= 1);
        assertTrue(threads.machine().lostCpus() > lost);

        threads.spawn(ThreadOptions.named("other"), () -> {
                    other.countDown();
                    return true;
                })
                .join(PATIENCE);

        end.set(true);
        assertEquals("went on", waiting.join(PATIENCE).orElseThrow());
    }

    @Test
    public void shouldRunOthersBesideAThreadThatComputesOnAndCountThat() throws Exception {
        onOneCpu();
        long compensated = threads.machine().compensated();
        AtomicBoolean end = new AtomicBoolean();
        KernelThread<String> computing = threads.spawn(ThreadOptions.named("computing"), () -> {
            spinUntil(end);
            return "computed";
        });
        awaitState(computing, ThreadState.RUNNING);

        KernelThread<String> other = threads.spawn(ThreadOptions.named("other"), () -> "ran");

        assertEquals("ran", other.join(PATIENCE).orElseThrow());
        assertTrue(threads.machine().compensated() > compensated);
        assertTrue(view(computing.id()).compensated() >= 1);
        end.set(true);
        assertEquals("computed", computing.join(PATIENCE).orElseThrow());
    }

    @Test
    public void shouldGiveTheCpuUpWhileAThreadIsBlockingByItsOwnWord() throws Exception {
        onOneCpu();
        CountDownLatch other = new CountDownLatch(1);
        KernelThread<String> blocking = threads.spawn(
                ThreadOptions.named("blocking"),
                () -> threads.blocking(() -> {
                    other.await();
                    return "unblocked";
                }));
        awaitState(blocking, ThreadState.BLOCKED);
        assertEquals("no tick had to take it", 0, view(blocking.id()).lostCpu());

        executor.execute(other::countDown);

        assertEquals("unblocked", blocking.join(PATIENCE).orElseThrow());
    }

    // ---- executor and factory

    @Test
    public void shouldRunTasksInTheOrderOfThePrioritiesTheirExecutorsHave() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        swapWithState("priority");
        occupy(cpu);
        List<String> order = new CopyOnWriteArrayList<>();
        KernelExecutor low = executor.with(ThreadOptions.DEFAULT.withPriority(Priority.BELOW_NORMAL));
        KernelExecutor high = executor.with(ThreadOptions.DEFAULT.withPriority(Priority.HIGH));
        List<Future<Boolean>> tasks = List.of(
                low.submit(() -> order.add("low")),
                executor.submit(() -> order.add("normal")),
                high.submit(() -> order.add("high")));

        releaseCpus();
        for (Future<Boolean> task : tasks) {
            assertTrue(task.get(PATIENCE_S, TimeUnit.SECONDS));
        }

        assertEquals(List.of("high", "normal", "low"), order);
    }

    @Test
    public void shouldRunTasksWhereTheirExecutorMay() throws Exception {
        for (CpuId cpu : cpus.list().stream().map(CpuView::id).toList()) {
            KernelExecutor pinned = executor.with(ThreadOptions.DEFAULT.withAffinity(CpuSet.of(cpu)));
            for (int i = 0; i < 20; i++) {
                Future<Optional<CpuId>> where = pinned.submit(
                        () -> view(threads.current().orElseThrow()).cpu());
                assertEquals(Optional.of(cpu), where.get(PATIENCE_S, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    public void shouldMakeJavaThreadsThatTheSchedulerRules() throws Exception {
        CpuId cpu = onOneCpu();
        occupy(cpu);
        CompletableFuture<String> ranAs = new CompletableFuture<>();
        Thread made = threads.factory(ThreadOptions.named("factory-made"))
                .newThread(() ->
                        ranAs.complete(view(threads.current().orElseThrow()).name()));
        assertTrue("unknown before its start", isNoKernelThread("factory-made"));

        made.start();

        eventually(
                "it waits for the CPU",
                () -> threads.list().stream()
                        .anyMatch(
                                thread -> thread.name().equals("factory-made") && thread.state() == ThreadState.READY));
        assertEquals(false, ranAs.isDone());
        releaseCpus();
        assertEquals("factory-made", ranAs.get(PATIENCE_S, TimeUnit.SECONDS));
        made.join(PATIENCE.toMillis());
        assertEquals(false, made.isAlive());
        assertTrue(isNoKernelThread("factory-made"));
    }

    private boolean isNoKernelThread(String name) {
        return threads.list().stream().noneMatch(thread -> thread.name().equals(name));
    }
}

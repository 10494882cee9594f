package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickTest {

    private final QueueScheduler scheduler = QueueScheduler.fifo();
    private final TestMachine one = new TestMachine(1, scheduler);

    @AfterEach
    void close() {
        one.close();
    }

    /** A thread that spins outside the kernel until told, then does {@code after}. */
    private KernelThread<String> spinner(AtomicBoolean go, Runnable after) {
        CountDownLatch running = new CountDownLatch(1);
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.named("spinner"), () -> {
            running.countDown();
            while (!go.get()) {
                Thread.onSpinWait();
            }
            after.run();
            return "spun";
        });
        TestMachine.await(running);
        return thread;
    }

    @Test
    void shouldPreemptAThreadAtItsNextCheckpointWhenItsQuantumExpires() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        CountDownLatch other = new CountDownLatch(1);
        AtomicBoolean ranBefore = new AtomicBoolean();
        KernelThread<String> thread = spinner(go, () -> {
            one.threads.checkpoint();
            ranBefore.set(other.getCount() == 0);
        });
        one.executor().execute(other::countDown);
        scheduler.expire(true);
        TestMachine.awaitThat(
                () -> {
                    one.machine.tick().tick();
                    return one.machine.cpus().cpus().get(0).isPreempt();
                },
                "marked");
        scheduler.expire(false);
        assertThat(other.getCount()).isEqualTo(1);
        go.set(true);
        assertThat(thread.join(TestMachine.LIMIT)).contains("spun");
        assertThat(ranBefore).isTrue();
        assertThat(scheduler.calls()).contains("yield PREEMPTION");
        assertThat(one.cpus.list().get(0).preemptions()).isEqualTo(1);
    }

    @Test
    void shouldCountTicksThatFindAThreadRunningAfterItsQuantum() {
        AtomicBoolean go = new AtomicBoolean();
        spinner(go, () -> {});
        scheduler.expire(true);
        TestMachine.awaitThat(
                () -> {
                    one.machine.tick().tick();
                    return one.cpus.list().get(0).overruns() == 3;
                },
                "three overruns");
        go.set(true);
    }

    @Test
    void shouldTakeTheCpuOfAThreadThatWaitsOutsideTheKernel() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        KernelThread<Boolean> waiting = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            TestMachine.await(other);
            one.threads.checkpoint();
            return Thread.currentThread() instanceof Carrier self && self.cpu() != null;
        });
        one.executor().execute(other::countDown);
        one.tickUntil(() -> other.getCount() == 0, "the other ran");
        assertThat(waiting.join(TestMachine.LIMIT)).contains(true);
        assertThat(one.threads.machine().lostCpus()).isEqualTo(1);
        assertThat(scheduler.calls()).contains("block OTHER");
    }

    @Test
    void shouldTakeTheCpuOfAThreadThatWaitsForAMonitor() throws Exception {
        Object monitor = new Object();
        CountDownLatch other = new CountDownLatch(1);
        KernelThread<String> waiting;
        synchronized (monitor) {
            waiting = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
                synchronized (monitor) {
                    return "entered";
                }
            });
            one.executor().execute(other::countDown);
            one.tickUntil(() -> other.getCount() == 0, "the other ran");
            assertThat(waiting.state()).isEqualTo(ThreadState.BLOCKED);
            assertThat(one.view(waiting.id()).reason()).contains(BlockReason.OTHER);
            assertThat(one.view(waiting.id()).lostCpu()).isEqualTo(1);
        }
        assertThat(waiting.join(TestMachine.LIMIT)).contains("entered");
    }

    @Test
    void shouldCompensateForAThreadThatSpinsTenQuantaWhileOthersAreReady() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> spinning = spinner(go, () -> {});
        KernelThread<String> other = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
        scheduler.expire(true);
        one.tickUntil(() -> one.machine.cpus().cpus().get(0).isPreempt(), "asked to give way");
        one.tick(Duration.ofNanos(9 * QueueScheduler.QUANTUM_NS));
        assertThat(other.state()).isEqualTo(ThreadState.READY);
        one.tick(Duration.ofNanos(3 * QueueScheduler.QUANTUM_NS));
        one.tickUntil(() -> one.view(spinning.id()).compensated() == 1, "compensated");
        assertThat(other.join(TestMachine.LIMIT)).contains("ran");
        assertThat(one.threads.machine().compensated()).isEqualTo(1);
        go.set(true);
        assertThat(spinning.join(TestMachine.LIMIT)).contains("spun");
    }

    @Test
    void shouldLeaveAThreadItsCpuThatTheSchedulerNeverAskedToGiveWay() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> important = spinner(go, () -> {});
        KernelThread<String> other = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
        one.tick(Duration.ofSeconds(100));
        one.tick(Duration.ofSeconds(100));
        assertThat(other.state()).isEqualTo(ThreadState.READY);
        assertThat(one.threads.machine().compensated()).isZero();
        go.set(true);
        assertThat(important.join(TestMachine.LIMIT)).contains("spun");
        assertThat(other.join(TestMachine.LIMIT)).contains("ran");
    }

    @Test
    void shouldGiveAThreadThatRanAloneForLongTheChanceToGiveWay() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> alone = spinner(go, one.threads::checkpoint);
        one.tick(Duration.ofSeconds(100));
        KernelThread<String> other = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
        scheduler.expire(true);
        one.tickUntil(() -> one.machine.cpus().cpus().get(0).isPreempt(), "asked to give way");
        one.tick();
        assertThat(one.threads.machine().compensated()).isZero();
        scheduler.expire(false);
        go.set(true);
        assertThat(other.join(TestMachine.LIMIT)).contains("ran");
        assertThat(alone.join(TestMachine.LIMIT)).contains("spun");
    }

    @Test
    void shouldLeaveASpinningThreadItsCpuWhenNobodyElseIsReady() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> spinning = spinner(go, () -> {});
        one.tick(Duration.ofSeconds(100));
        one.tick(Duration.ofSeconds(100));
        assertThat(spinning.state()).isEqualTo(ThreadState.RUNNING);
        go.set(true);
        assertThat(spinning.join(TestMachine.LIMIT)).contains("spun");
        assertThat(one.threads.machine().compensated()).isZero();
    }

    @Test
    void shouldLeaveATickOutAndCountItWhileTheGateIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Thread swapper = new Thread(() -> one.slot.whileClosed(() -> {
            closed.countDown();
            TestMachine.await(open);
        }));
        swapper.start();
        TestMachine.await(closed);
        one.tick();
        one.tick();
        assertThat(one.threads.machine().deferredTicks()).isEqualTo(2);
        open.countDown();
        swapper.join(TestMachine.LIMIT.toMillis());
        one.tick();
        assertThat(one.threads.machine().deferredTicks()).isEqualTo(2);
    }

    @Test
    void shouldKeepItsCpuWhileAThreadWaitsAtTheGate() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> yielding = spinner(go, one.threads::yield);
        Thread swapper = new Thread(() -> one.slot.whileClosed(() -> {
            closed.countDown();
            TestMachine.await(open);
        }));
        swapper.start();
        TestMachine.await(closed);
        go.set(true);
        TestMachine.awaitThat(() -> yielding.state() == ThreadState.READY, "at the gate");
        one.tick(Duration.ofSeconds(10));
        assertThat(one.cpus.list().get(0).current()).contains(yielding.id());
        open.countDown();
        assertThat(yielding.join(TestMachine.LIMIT)).contains("spun");
        assertThat(one.threads.machine().lostCpus()).isZero();
        swapper.join(TestMachine.LIMIT.toMillis());
    }

    @Test
    void shouldRunTheMissedTickOfAThreadThatWasInsideTheKernel() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> thread = spinner(go, one.threads::checkpoint);
        scheduler.expire(true);
        one.machine.cpus().cpus().get(0).markTickMissed();
        go.set(true);
        assertThat(thread.join(TestMachine.LIMIT)).contains("spun");
        assertThat(scheduler.calls()).containsExactly("yield PREEMPTION");
    }

    @Test
    void shouldGiveWayInShutdownNowAsInAnyKernelEntry() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        TaskExecutor executor = one.executor();
        KernelThread<String> thread = spinner(go, executor::shutdownNow);
        one.machine.cpus().cpus().get(0).markPreempt();
        go.set(true);
        assertThat(thread.join(TestMachine.LIMIT)).contains("spun");
        assertThat(scheduler.calls()).containsExactly("yield PREEMPTION");
    }

    @Test
    void shouldAccountTheTimeAThreadRan() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<String> thread = spinner(go, () -> one.threads.block(BlockReason.SIGNAL));
        one.tick(Duration.ofMillis(7));
        go.set(true);
        one.awaitState(thread.id(), ThreadState.BLOCKED);
        assertThat(one.view(thread.id()).ranNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(7));
        assertThat(one.cpus.list().get(0).busyNs()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(7));
        one.threads.wake(thread.id());
    }
}

package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadFlag;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteeringTest {

    private final QueueScheduler scheduler = QueueScheduler.fifo();
    private final TestMachine one = new TestMachine(1, scheduler);

    @AfterEach
    void close() {
        one.close();
    }

    private static void assertCode(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void assertKilled(KernelThread<?> thread) {
        assertThatThrownBy(() -> thread.join(TestMachine.LIMIT))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KILLED));
        assertThat(thread.state()).isEqualTo(ThreadState.DEAD);
    }

    @Test
    void shouldGiveTheExitValueToEveryJoiner() throws Exception {
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.named("worker"), () -> "value");
        TestMachine.awaitThat(() -> thread.state() == ThreadState.ZOMBIE, "a zombie");
        assertThat(one.threads.machine().zombies()).isEqualTo(1);
        assertThat(thread.join(TestMachine.LIMIT)).contains("value");
        assertThat(thread.join(TestMachine.LIMIT)).contains("value");
        assertThat(thread.state()).isEqualTo(ThreadState.DEAD);
        assertThat(one.threads.list()).isEmpty();
    }

    @Test
    void shouldThrowWhatTheBodyThrewAtTheJoiner() {
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            throw new IOException("broken");
        });
        assertThatThrownBy(() -> thread.join(TestMachine.LIMIT))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void shouldReturnEmptyWhenTheLimitOfAJoinPasses() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            TestMachine.await(go);
            return "late";
        });
        assertThat(thread.join(Duration.ZERO)).isEmpty();
        go.countDown();
        assertThat(thread.join(TestMachine.LIMIT)).contains("late");
    }

    @Test
    void shouldReapTheOldestZombieWhenThereAreTooMany() throws Exception {
        KernelThread<Integer> first = one.threads.spawn(ThreadOptions.DEFAULT, () -> 0);
        TestMachine.awaitThat(() -> first.state() == ThreadState.ZOMBIE, "first zombie");
        for (int i = 1; i <= 4; i++) {
            int value = i;
            one.threads.spawn(ThreadOptions.DEFAULT, () -> value);
        }
        TestMachine.awaitThat(() -> first.state() == ThreadState.DEAD, "first reaped");
        one.awaitIdle();
        assertThat(one.threads.machine().zombies()).isEqualTo(4);
        assertThat(first.join(TestMachine.LIMIT)).contains(0);
    }

    @Test
    void shouldKillAQueuedThreadBeforeItEverRuns() {
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean ran = new AtomicBoolean();
        one.executor().execute(() -> TestMachine.await(go));
        KernelThread<Void> queued = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            ran.set(true);
            return null;
        });
        queued.kill();
        assertThat(queued.state()).isEqualTo(ThreadState.DEAD);
        assertThat(scheduler.stats().ready()).isZero();
        assertThat(one.machine.held()).isZero();
        assertKilled(queued);
        go.countDown();
        one.awaitIdle();
        assertThat(ran).isFalse();
    }

    @Test
    void shouldInterruptARunningThreadAndEndItAtItsNextKernelEntry() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            running.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            interrupted.set(true);
            try {
                one.threads.checkpoint();
            } catch (RuntimeException e) {
                throw new AssertionError("code that handles its failures must not see the kill", e);
            }
            return null;
        });
        TestMachine.await(running);
        one.threads.kill(thread.id());
        assertKilled(thread);
        assertThat(interrupted).isTrue();
    }

    @Test
    void shouldShowThatAKillIsPending() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean go = new AtomicBoolean();
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            running.countDown();
            while (!go.get()) {
                Thread.onSpinWait();
            }
            one.threads.checkpoint();
            return null;
        });
        TestMachine.await(running);
        thread.kill();
        assertThat(one.view(thread.id()).flags()).containsExactly(ThreadFlag.KILL_PENDING);
        go.set(true);
        assertKilled(thread);
    }

    @Test
    void shouldKillABlockedThread() {
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.block(BlockReason.CHILD);
            return null;
        });
        one.awaitState(thread.id(), ThreadState.BLOCKED);
        thread.kill();
        assertKilled(thread);
    }

    @Test
    void shouldKillASleepingThread() {
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.sleep(Duration.ofHours(1));
            return null;
        });
        one.awaitState(thread.id(), ThreadState.SLEEPING);
        thread.kill();
        assertKilled(thread);
    }

    @Test
    void shouldKillAStoppedThread() {
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.stop(one.threads.current().orElseThrow());
            return null;
        });
        one.awaitState(thread.id(), ThreadState.STOPPED);
        thread.kill();
        assertKilled(thread);
    }

    @Test
    void shouldKillAThreadThatWaitsOutsideTheKernel() {
        CountDownLatch never = new CountDownLatch(1);
        KernelThread<Boolean> thread = one.threads.spawn(
                ThreadOptions.DEFAULT, () -> one.threads.blocking(() -> never.await(1, TimeUnit.HOURS)));
        one.awaitState(thread.id(), ThreadState.BLOCKED);
        thread.kill();
        assertKilled(thread);
    }

    @Test
    void shouldKillAThreadThatIsReadyAfterItHasRun() {
        CountDownLatch go = new CountDownLatch(1);
        KernelThread<Void> yielding = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.executor().execute(() -> TestMachine.await(go));
            one.threads.yield();
            return null;
        });
        one.awaitState(yielding.id(), ThreadState.READY);
        yielding.kill();
        assertThat(yielding.state()).isEqualTo(ThreadState.READY);
        go.countDown();
        assertKilled(yielding);
    }

    @Test
    void shouldIgnoreTheKillOfAThreadThatHasEnded() throws Exception {
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> "done");
        TestMachine.awaitThat(() -> thread.state() == ThreadState.ZOMBIE, "ended");
        thread.kill();
        assertThat(thread.join(TestMachine.LIMIT)).contains("done");
        thread.kill();
    }

    @Test
    void shouldEndTheFutureOfAKilledTask() {
        CountDownLatch go = new CountDownLatch(1);
        TaskExecutor executor = one.executor();
        executor.execute(() -> TestMachine.await(go));
        Future<String> queued = executor.submit(() -> "never");
        ThreadId id = one.threads.list().get(1).id();
        one.threads.kill(id);
        go.countDown();
        assertThatThrownBy(() -> queued.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KILLED));
    }

    @Test
    void shouldHoldAStoppedThreadUntilItIsResumed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        one.executor().execute(() -> TestMachine.await(go));
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> "went on");
        one.threads.stop(thread.id());
        go.countDown();
        one.awaitState(thread.id(), ThreadState.STOPPED);
        one.awaitIdle();
        one.threads.wake(thread.id());
        assertThat(thread.state()).isEqualTo(ThreadState.STOPPED);
        one.threads.resume(thread.id());
        assertThat(thread.join(TestMachine.LIMIT)).contains("went on");
    }

    @Test
    void shouldHoldABlockedThreadThatWasStoppedWhenItIsWoken() throws Exception {
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.block(BlockReason.SIGNAL);
            return "went on";
        });
        one.awaitState(thread.id(), ThreadState.BLOCKED);
        one.threads.stop(thread.id());
        one.threads.wake(thread.id());
        one.awaitState(thread.id(), ThreadState.STOPPED);
        one.threads.resume(thread.id());
        assertThat(thread.join(TestMachine.LIMIT)).contains("went on");
    }

    @Test
    void shouldDoNothingWhenAThreadIsResumedThatIsNotStopped() {
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.block(BlockReason.SIGNAL);
            return null;
        });
        one.awaitState(thread.id(), ThreadState.BLOCKED);
        one.threads.resume(thread.id());
        assertThat(thread.state()).isEqualTo(ThreadState.BLOCKED);
        one.threads.wake(thread.id());
    }

    @Test
    void shouldChangeThePriorityOfAThread() {
        KernelThread<Void> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.block(BlockReason.SIGNAL);
            return null;
        });
        one.threads.setPriority(thread.id(), Priority.HIGH);
        assertThat(one.view(thread.id()).priority()).isEqualTo(Priority.HIGH);
        one.threads.wake(thread.id());
    }

    @Test
    void shouldSayNotFoundForAnUnknownThread() {
        ThreadId nobody = new ThreadId(99);
        assertCode(ErrorCode.NOT_FOUND, () -> one.threads.stop(nobody));
        assertCode(ErrorCode.NOT_FOUND, () -> one.threads.resume(nobody));
        assertCode(ErrorCode.NOT_FOUND, () -> one.threads.kill(nobody));
        assertCode(ErrorCode.NOT_FOUND, () -> one.threads.setPriority(nobody, Priority.HIGH));
    }

    @Test
    void shouldRefuseAThreadThatMayRunOnNoCpu() {
        ThreadOptions elsewhere = ThreadOptions.DEFAULT.withAffinity(CpuSet.of(new CpuId(5)));
        assertCode(ErrorCode.INVALID_ARGUMENT, () -> one.threads.spawn(elsewhere, () -> null));
        assertCode(
                ErrorCode.INVALID_ARGUMENT, () -> one.threads.factory(elsewhere).newThread(() -> {}));
        assertCode(
                ErrorCode.INVALID_ARGUMENT, () -> one.executor().with(elsewhere).execute(() -> {}));
        assertThat(one.threads.list()).isEmpty();
    }

    @Test
    void shouldRefuseADeadlineThreadWhenNoSchedulerIsThere() {
        ThreadOptions deadline = ThreadOptions.DEFAULT.withPolicy(SchedulingPolicy.DEADLINE);
        one.slot.empty();
        assertCode(ErrorCode.NOT_SUPPORTED, () -> one.threads.spawn(deadline, () -> null));
        assertThat(one.threads.list()).isEmpty();
    }
}

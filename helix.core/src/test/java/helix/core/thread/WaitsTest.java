package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitsTest {

    private final TestMachine one = new TestMachine(1, QueueScheduler.fifo());

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void shouldReturnAtOnceFromABlockThatWasWokenBefore() throws Exception {
        CountDownLatch woken = new CountDownLatch(1);
        KernelThread<Integer> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            TestMachine.await(woken);
            one.threads.block(BlockReason.SIGNAL);
            return 1;
        });
        assertThat(one.threads.wake(thread.id())).isTrue();
        assertThat(one.threads.wake(thread.id())).isTrue();
        woken.countDown();
        assertThat(thread.join(TestMachine.LIMIT)).contains(1);
    }

    @Test
    void shouldNotAddUpWakesThatCameBefore() {
        CountDownLatch woken = new CountDownLatch(1);
        KernelThread<Integer> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            TestMachine.await(woken);
            one.threads.block(BlockReason.SIGNAL);
            one.threads.block(BlockReason.LOCK);
            return 2;
        });
        one.threads.wake(thread.id());
        one.threads.wake(thread.id());
        woken.countDown();
        one.awaitState(thread.id(), ThreadState.BLOCKED);
        assertThat(one.view(thread.id()).reason()).contains(BlockReason.LOCK);
        one.threads.wake(thread.id());
    }

    @Test
    void shouldNotWakeAThreadThatDoesNotExist() {
        assertThat(one.threads.wake(new ThreadId(4711))).isFalse();
    }

    @Test
    void shouldRefuseToBlockAThreadThatIsNoKernelThread() {
        assertThatThrownBy(() -> one.threads.block(BlockReason.IO))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLoseNoWakeWhenWakerAndBlockerRace(int cpus) throws Exception {
        int rounds = 20_000;
        try (TestMachine machine = new TestMachine(cpus, QueueScheduler.fifo())) {
            AtomicInteger turn = new AtomicInteger();
            KernelThread<Integer> blocker = machine.threads.spawn(ThreadOptions.DEFAULT, () -> {
                int spurious = 0;
                for (int round = 1; round <= rounds; round++) {
                    machine.threads.block(BlockReason.SIGNAL);
                    spurious += turn.get() == round ? 0 : 1;
                    turn.set(-round);
                }
                return spurious;
            });
            Thread waker = new Thread(() -> {
                for (int round = 1; round <= rounds; round++) {
                    int before = -(round - 1);
                    TestMachine.awaitThat(() -> turn.get() == before, "round " + before);
                    turn.set(round);
                    machine.threads.wake(blocker.id());
                }
            });
            waker.start();
            assertThat(blocker.join(Duration.ofSeconds(60))).contains(0);
            waker.join(TestMachine.LIMIT.toMillis());
        }
    }

    @Test
    void shouldPingPongBetweenTwoKernelThreads() throws Exception {
        int rounds = 5_000;
        try (TestMachine machine = new TestMachine(2, QueueScheduler.fifo())) {
            AtomicReference<ThreadId> left = new AtomicReference<>();
            AtomicReference<ThreadId> right = new AtomicReference<>();
            CountDownLatch known = new CountDownLatch(1);
            KernelThread<Integer> a = machine.threads.spawn(ThreadOptions.DEFAULT, () -> {
                TestMachine.await(known);
                for (int i = 0; i < rounds; i++) {
                    machine.threads.wake(right.get());
                    machine.threads.block(BlockReason.IPC);
                }
                return rounds;
            });
            KernelThread<Integer> b = machine.threads.spawn(ThreadOptions.DEFAULT, () -> {
                TestMachine.await(known);
                for (int i = 0; i < rounds; i++) {
                    machine.threads.block(BlockReason.IPC);
                    machine.threads.wake(left.get());
                }
                return rounds;
            });
            left.set(a.id());
            right.set(b.id());
            known.countDown();
            assertThat(a.join(Duration.ofSeconds(60))).contains(rounds);
            assertThat(b.join(Duration.ofSeconds(60))).contains(rounds);
        }
    }

    @Test
    void shouldSleepUntilATickPastTheMoment() throws Exception {
        KernelThread<String> sleeper = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.sleep(Duration.ofMillis(5));
            return "slept";
        });
        one.awaitState(sleeper.id(), ThreadState.SLEEPING);
        assertThat(one.view(sleeper.id()).reason()).contains(BlockReason.TIMER);
        one.tick(Duration.ofMillis(4));
        assertThat(sleeper.state()).isEqualTo(ThreadState.SLEEPING);
        one.tick(Duration.ofMillis(1));
        assertThat(sleeper.join(TestMachine.LIMIT)).contains("slept");
    }

    @Test
    void shouldNotSleepForANegativeTimeHoweverLong() throws Exception {
        one.now.set(Long.MIN_VALUE / 2);
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.sleep(Duration.ofSeconds(Long.MIN_VALUE));
            one.threads.sleep(Duration.ofNanos(Long.MIN_VALUE));
            return "slept";
        });
        assertThat(thread.join(TestMachine.LIMIT)).contains("slept");
        assertThat(thread.join(Duration.ofSeconds(Long.MIN_VALUE))).contains("slept");
    }

    @Test
    void shouldEndASleepEarlyWhenWoken() throws Exception {
        KernelThread<String> sleeper = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.sleep(Duration.ofDays(400_000));
            return "slept";
        });
        one.awaitState(sleeper.id(), ThreadState.SLEEPING);
        assertThat(one.threads.wake(sleeper.id())).isTrue();
        assertThat(sleeper.join(TestMachine.LIMIT)).contains("slept");
    }

    @Test
    void shouldThrowInterruptedExceptionWhenASleepIsInterrupted() throws Exception {
        AtomicReference<Thread> carrier = new AtomicReference<>();
        KernelThread<Boolean> sleeper = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            carrier.set(Thread.currentThread());
            try {
                one.threads.sleep(Duration.ofHours(1));
                return true;
            } catch (InterruptedException e) {
                return Thread.currentThread().isInterrupted();
            }
        });
        one.awaitState(sleeper.id(), ThreadState.SLEEPING);
        carrier.get().interrupt();
        assertThat(sleeper.join(TestMachine.LIMIT)).contains(false);
    }

    @Test
    void shouldReturnFromABlockWithTheFlagKeptWhenInterrupted() throws Exception {
        AtomicReference<Thread> carrier = new AtomicReference<>();
        KernelThread<Boolean> blocked = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            carrier.set(Thread.currentThread());
            one.threads.block(BlockReason.LOCK);
            return Thread.currentThread().isInterrupted();
        });
        one.awaitState(blocked.id(), ThreadState.BLOCKED);
        carrier.get().interrupt();
        assertThat(blocked.join(TestMachine.LIMIT)).contains(true);
    }

    @Test
    void shouldGiveTheNextThreadACarrierWithoutTheInterruptOfTheLast() throws Exception {
        TaskExecutor executor = one.executor();
        CountDownLatch go = new CountDownLatch(1);
        executor.execute(() -> {
            TestMachine.await(go);
            Thread.currentThread().interrupt();
            Thread.currentThread().setContextClassLoader(null);
        });
        KernelThread<Boolean> next = one.threads.spawn(
                ThreadOptions.DEFAULT,
                () -> Thread.interrupted() || Thread.currentThread().getContextClassLoader() == null);
        go.countDown();
        assertThat(next.join(TestMachine.LIMIT)).contains(false);
        assertThat(one.machine.carriers().count()).isEqualTo(1);
    }

    @Test
    void shouldLetAnotherThreadRunWhileOneBlocksOutsideTheKernel() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        KernelThread<Boolean> outside = one.threads.spawn(
                ThreadOptions.DEFAULT,
                () -> one.threads.blocking(() -> {
                    TestMachine.await(other);
                    return true;
                }));
        one.executor().execute(other::countDown);
        assertThat(outside.join(TestMachine.LIMIT)).contains(true);
    }

    @Test
    void shouldBeBlockedOnIoWhileOutsideTheKernel() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        KernelThread<Void> outside = one.threads.spawn(
                ThreadOptions.DEFAULT,
                () -> one.threads.blocking(() -> {
                    TestMachine.await(go);
                    return null;
                }));
        one.awaitState(outside.id(), ThreadState.BLOCKED);
        assertThat(one.view(outside.id()).reason()).contains(BlockReason.IO);
        one.threads.wake(outside.id());
        assertThat(outside.state()).isEqualTo(ThreadState.BLOCKED);
        go.countDown();
        outside.join(TestMachine.LIMIT);
    }

    @Test
    void shouldJustRunABlockingBodyOfAForeignThread() throws Exception {
        assertThat(one.threads.<String>blocking(() -> "ran")).isEqualTo("ran");
        assertThat(one.threads.current()).isEmpty();
        one.threads.checkpoint();
        one.threads.yield();
    }

    @Test
    void shouldGiveTheCpuUpWhileJoiningAnotherKernelThread() throws Exception {
        KernelThread<String> outer = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            KernelThread<String> inner = one.threads.spawn(ThreadOptions.DEFAULT, () -> "inner");
            return inner.join(TestMachine.LIMIT).orElseThrow() + " joined";
        });
        assertThat(outer.join(TestMachine.LIMIT)).contains("inner joined");
    }

    @Test
    void shouldKnowTheCurrentKernelThread() throws Exception {
        KernelThread<ThreadId> thread = one.threads.spawn(
                ThreadOptions.DEFAULT, () -> one.threads.current().orElseThrow());
        assertThat(thread.join(TestMachine.LIMIT)).contains(thread.id());
    }
}

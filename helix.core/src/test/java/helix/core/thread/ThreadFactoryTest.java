package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import helix.api.thread.ThreadView;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadFactoryTest {

    private final TestMachine one = new TestMachine(1, QueueScheduler.fifo());
    private final ThreadFactory factory = one.threads.factory(ThreadOptions.named("made"));

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void shouldBeAKernelThreadOnlyOnceItIsStarted() throws Exception {
        AtomicReference<ThreadView> seen = new AtomicReference<>();
        Thread thread =
                factory.newThread(() -> seen.set(one.view(one.threads.current().orElseThrow())));
        assertThat(thread.getName()).isEqualTo("made");
        assertThat(one.threads.list()).isEmpty();
        thread.start();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(seen.get().name()).isEqualTo("made");
        assertThat(seen.get().state()).isEqualTo(ThreadState.RUNNING);
        assertThat(one.threads.list()).isEmpty();
    }

    @Test
    void shouldWaitForACpuAfterItsStart() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        one.executor().execute(() -> TestMachine.await(go));
        CountDownLatch ran = new CountDownLatch(1);
        Thread thread = factory.newThread(ran::countDown);
        thread.start();
        TestMachine.awaitThat(() -> one.threads.machine().ready() == 1, "ready");
        assertThat(ran.getCount()).isEqualTo(1);
        go.countDown();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(ran.getCount()).isZero();
    }

    @Test
    void shouldNeverRunTheBodyWhenKilledBeforeItsFirstTurn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        one.executor().execute(() -> TestMachine.await(go));
        CountDownLatch ran = new CountDownLatch(1);
        Thread thread = factory.newThread(ran::countDown);
        thread.start();
        TestMachine.awaitThat(() -> one.threads.machine().ready() == 1, "ready");
        one.threads.kill(one.threads.list().get(1).id());
        go.countDown();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThat(ran.getCount()).isEqualTo(1);
    }

    @Test
    void shouldGiveWhatTheBodyThrewToTheHandlerOfTheJavaThread() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = factory.newThread(() -> {
            throw new IllegalStateException("broken body");
        });
        thread.setUncaughtExceptionHandler((t, e) -> thrown.set(e));
        thread.start();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(thrown.get()).hasMessage("broken body");
        one.awaitIdle();
    }

    @Test
    void shouldKeepAnInterruptThatComesBeforeTheFirstTurn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        one.executor().execute(() -> TestMachine.await(go));
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread thread =
                factory.newThread(() -> interrupted.set(Thread.currentThread().isInterrupted()));
        thread.start();
        TestMachine.awaitThat(() -> one.threads.machine().ready() == 1, "ready");
        thread.interrupt();
        go.countDown();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(interrupted).hasValue(true);
    }

    @Test
    void shouldKeepTheContextClassLoaderItWasGivenBeforeItsStart() throws Exception {
        AtomicReference<ClassLoader> seen = new AtomicReference<>();
        Thread thread = factory.newThread(() -> seen.set(Thread.currentThread().getContextClassLoader()));
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(platform);
        thread.start();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(seen).hasValue(platform);
    }

    @Test
    void shouldEndTheJavaThreadWhenItIsKilledWhileItIsMadeKnown() throws Exception {
        AtomicReference<Runnable> atNextStamp = new AtomicReference<>(() -> {});
        Machine machine = new Machine(
                new MachineSettings(1, 4, 4, Duration.ofSeconds(10)),
                new KernelClock(() -> {
                    atNextStamp.getAndSet(() -> {}).run();
                    return 0;
                }),
                new FakeSlot()::keptBy,
                Thread::start);
        CountDownLatch ran = new CountDownLatch(1);
        Thread thread = machine.newThread(ThreadOptions.DEFAULT, ran::countDown);
        atNextStamp.set(() -> machine.table().all().forEach(machine.steering()::kill));
        thread.start();
        thread.join(TestMachine.LIMIT.toMillis());
        assertThat(thread.isAlive()).isFalse();
        assertThat(ran.getCount()).isEqualTo(1);
        assertThat(machine.table().all()).isEmpty();
        machine.close();
    }

    @Test
    void shouldServeAnOrdinaryThreadPool() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(3, factory);
        CountDownLatch done = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            pool.execute(done::countDown);
        }
        one.tickUntil(() -> done.getCount() == 0, "all tasks ran");
        pool.shutdown();
        one.tickUntil(pool::isTerminated, "the pool has ended");
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }
}

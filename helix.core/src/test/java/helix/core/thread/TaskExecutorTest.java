package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.thread.KernelExecutor;
import helix.api.thread.Priority;
import helix.api.thread.ThreadOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaskExecutorTest {

    private final TestMachine one = new TestMachine(1, QueueScheduler.fifo());
    private final TaskExecutor executor = one.executor();

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void shouldReturnTheResultsOfAllTasks() throws Exception {
        List<Callable<Integer>> tasks = IntStream.range(0, 100)
                .<Callable<Integer>>mapToObj(i -> () -> i * i)
                .toList();
        List<Future<Integer>> futures = executor.invokeAll(tasks);
        for (int i = 0; i < 100; i++) {
            assertThat(futures.get(i).get()).isEqualTo(i * i);
        }
    }

    @Test
    void shouldNotDeadlockWhenATaskOnTheOnlyCpuWaitsForOthers() throws Exception {
        Future<Integer> sum = executor.submit(() -> {
            int total = 0;
            for (Future<Integer> part : executor.invokeAll(List.<Callable<Integer>>of(() -> 1, () -> 2, () -> 3))) {
                total += part.get();
            }
            return total;
        });
        assertThat(sum.get(10, TimeUnit.SECONDS)).isEqualTo(6);
    }

    @Test
    void shouldGiveTheExceptionOfATaskToItsFuture() {
        Future<?> broken = executor.submit(() -> {
            throw new IllegalStateException("broken task");
        });
        assertThatThrownBy(() -> broken.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("broken task");
    }

    @Test
    void shouldGoOnAfterATaskThatThrowsAnError() {
        CountDownLatch next = new CountDownLatch(1);
        executor.execute(() -> {
            throw new AssertionError("broken task");
        });
        executor.execute(next::countDown);
        TestMachine.await(next);
    }

    @Test
    void shouldRunWhatWasSubmittedBeforeTheShutdownAndRejectTheRest() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch ran = new CountDownLatch(2);
        executor.execute(() -> {
            TestMachine.await(go);
            ran.countDown();
        });
        executor.execute(ran::countDown);
        executor.shutdown();
        assertThat(executor.isShutdown()).isTrue();
        assertThat(executor.isTerminated()).isFalse();
        assertThat(executor.awaitTermination(1, TimeUnit.MILLISECONDS)).isFalse();
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        go.countDown();
        TestMachine.await(ran);
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void shouldTerminateAtOnceWhenNothingIsOutstanding() throws Exception {
        executor.submit(() -> {}).get(10, TimeUnit.SECONDS);
        executor.shutdown();
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldReturnTheTasksThatNeverStartedAndInterruptTheRest() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean ran = new AtomicBoolean();
        executor.execute(() -> {
            running.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            interrupted.set(true);
        });
        TestMachine.await(running);
        Runnable queued = () -> ran.set(true);
        executor.execute(queued);
        CountDownLatch foreign = new CountDownLatch(1);
        one.executor().execute(foreign::countDown);
        assertThat(executor.shutdownNow()).containsExactly(queued);
        assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        TestMachine.await(foreign);
        one.awaitIdle();
        assertThat(interrupted).isTrue();
        assertThat(ran).isFalse();
        assertThat(one.machine.held()).isZero();
        assertThat(one.machine.table().all()).isEmpty();
        assertThat(one.threads.machine().schedulerFaults()).isZero();
    }

    @Test
    void shouldInterruptATaskThatWasPickedButHadNotBegunAtShutdownNow() throws Exception {
        AtomicReference<Thread> held = new AtomicReference<>();
        MachineSettings settings = new MachineSettings(1, 4, 4, Duration.ofSeconds(10));
        try (TestMachine slow = new TestMachine(settings, QueueScheduler.fifo(), held::set)) {
            AtomicBoolean interrupted = new AtomicBoolean();
            TaskExecutor own = slow.executor();
            own.execute(() -> interrupted.set(Thread.currentThread().isInterrupted()));
            assertThat(own.shutdownNow()).isEmpty();
            held.get().start();
            assertThat(own.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted).isTrue();
        }
    }

    @Test
    void shouldShareItsLifeWithTheSameExecutorOfOtherOptions() throws Exception {
        KernelExecutor urgent = executor.with(ThreadOptions.named("urgent").withPriority(Priority.HIGH));
        CountDownLatch go = new CountDownLatch(1);
        urgent.execute(() -> TestMachine.await(go));
        assertThat(one.threads.list())
                .singleElement()
                .satisfies(view -> assertThat(view.name()).isEqualTo("urgent"))
                .satisfies(view -> assertThat(view.priority()).isEqualTo(Priority.HIGH));
        executor.shutdown();
        assertThat(urgent.isShutdown()).isTrue();
        assertThatThrownBy(() -> urgent.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThat(executor.isTerminated()).isFalse();
        go.countDown();
        assertThat(urgent.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldTerminateOnceUnderConcurrentSubmissions() throws Exception {
        for (int round = 0; round < 200; round++) {
            TaskExecutor shortLived = one.executor();
            CountDownLatch begun = new CountDownLatch(1);
            Thread submitter = new Thread(() -> {
                try {
                    while (true) {
                        shortLived.execute(begun::countDown);
                    }
                } catch (RejectedExecutionException e) {
                    assertThat(shortLived.isShutdown()).isTrue();
                }
            });
            submitter.start();
            TestMachine.await(begun);
            shortLived.shutdown();
            assertThat(shortLived.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            submitter.join(10_000);
        }
    }

    @Test
    void shouldInterruptATaskWhoseFutureIsCancelled() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Future<?> future = executor.submit(() -> {
            running.countDown();
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            interrupted.countDown();
        });
        TestMachine.await(running);
        assertThat(future.cancel(true)).isTrue();
        TestMachine.await(interrupted);
        executor.submit(() -> assertThat(Thread.currentThread().isInterrupted()).isFalse())
                .get(10, TimeUnit.SECONDS);
    }
}

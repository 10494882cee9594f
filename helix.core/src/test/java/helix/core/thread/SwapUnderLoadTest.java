package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Exchanges the scheduler, with and without its state, while others submit, run and switch. */
class SwapUnderLoadTest {

    private static final int TASKS = 200_000;
    private static final int SUBMITTERS = 3;

    @Test
    void shouldRunEachTaskExactlyOnceWhileSchedulersAreExchanged() throws Exception {
        AtomicIntegerArray runs = new AtomicIntegerArray(TASKS);
        QueueScheduler first = QueueScheduler.fifo();
        try (TestMachine two = new TestMachine(2, first)) {
            AtomicBoolean stop = new AtomicBoolean();
            Thread swapper = new Thread(() -> swapUntil(stop, two, first));
            Thread ticker = new Thread(() -> tickUntil(stop, two));
            swapper.start();
            ticker.start();
            TaskExecutor executor = two.executor();
            CountDownLatch submitted = new CountDownLatch(SUBMITTERS);
            for (int s = 0; s < SUBMITTERS; s++) {
                int begin = s;
                new Thread(() -> {
                            for (int i = begin; i < TASKS; i += SUBMITTERS) {
                                int task = i;
                                executor.execute(() -> runs.incrementAndGet(task));
                            }
                            submitted.countDown();
                        })
                        .start();
            }
            TestMachine.await(submitted);
            executor.shutdown();
            assertThat(executor.awaitTermination(60, TimeUnit.SECONDS))
                    .as(() -> two.threads.machine() + " " + two.cpus.list() + " held " + two.machine.held())
                    .isTrue();
            stop.set(true);
            swapper.join(TestMachine.LIMIT.toMillis());
            ticker.join(TestMachine.LIMIT.toMillis());
            assertThat(two.threads.machine().schedulerFaults()).isZero();
            assertThat(two.threads.machine().refills()).isGreaterThan(2);
            assertThat(two.machine.held()).isZero();
            assertThat(two.machine.stranded()).isZero();
            TestMachine.awaitThat(() -> two.machine.table().all().isEmpty(), "nobody is left in the table");
        }
        for (int i = 0; i < TASKS; i++) {
            assertThat(runs.get(i)).as("runs of task " + i).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseNoThreadThatYieldsSleepsAndWaitsWhileSchedulersAreExchanged() throws Exception {
        QueueScheduler first = QueueScheduler.fifo();
        try (TestMachine two = new TestMachine(2, first)) {
            AtomicBoolean stop = new AtomicBoolean();
            Thread swapper = new Thread(() -> swapUntil(stop, two, first));
            Thread ticker = new Thread(() -> tickUntil(stop, two));
            swapper.start();
            ticker.start();
            List<KernelThread<Integer>> threads = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                threads.add(two.threads.spawn(ThreadOptions.DEFAULT, () -> {
                    int turns = 0;
                    for (; turns < 300; turns++) {
                        two.threads.yield();
                        two.threads.sleep(Duration.ofMillis(1));
                        two.threads.blocking(() -> null);
                    }
                    return turns;
                }));
            }
            for (KernelThread<Integer> thread : threads) {
                assertThat(thread.join(Duration.ofSeconds(60))).contains(300);
            }
            stop.set(true);
            swapper.join(TestMachine.LIMIT.toMillis());
            ticker.join(TestMachine.LIMIT.toMillis());
            assertThat(two.threads.machine().schedulerFaults()).isZero();
        }
    }

    private static void tickUntil(AtomicBoolean stop, TestMachine machine) {
        while (!stop.get()) {
            machine.tick();
            Thread.yield();
        }
    }

    private static void swapUntil(AtomicBoolean stop, TestMachine machine, QueueScheduler first) {
        QueueScheduler old = first;
        for (int swap = 0; !stop.get(); swap++) {
            QueueScheduler successor = new QueueScheduler(swap % 2 == 0);
            if (swap % 3 == 0) {
                machine.slot.refill(successor);
            } else {
                machine.slot.carry(old, successor);
            }
            old = successor;
            machine.machine.tick().kick();
            Thread.yield();
        }
    }
}

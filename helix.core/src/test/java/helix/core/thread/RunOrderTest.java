package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunOrderTest {

    @Test
    void shouldRunThreadsInTheOrderOfAFifoScheduler() {
        assertThat(orderUnder(QueueScheduler.fifo())).containsExactly("a", "b", "c", "d");
    }

    @Test
    void shouldRunThreadsInTheOrderOfALifoScheduler() {
        assertThat(orderUnder(QueueScheduler.lifo())).containsExactly("d", "c", "b", "a");
    }

    /** The CPU is kept busy until all threads are queued. */
    private static List<String> orderUnder(QueueScheduler scheduler) {
        List<String> order = new CopyOnWriteArrayList<>();
        try (TestMachine machine = new TestMachine(1, scheduler)) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(4);
            TaskExecutor executor = machine.executor();
            executor.execute(() -> TestMachine.await(go));
            for (String name : List.of("a", "b", "c", "d")) {
                executor.execute(() -> {
                    order.add(name);
                    done.countDown();
                });
            }
            go.countDown();
            TestMachine.await(done);
        }
        return order;
    }

    @Test
    void shouldAlternateThreadsThatYieldOnOneCpu() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        try (TestMachine machine = new TestMachine(1, QueueScheduler.fifo())) {
            CountDownLatch go = new CountDownLatch(1);
            machine.executor().execute(() -> TestMachine.await(go));
            KernelThread<Void> a = yielding(machine, "a", order);
            KernelThread<Void> b = yielding(machine, "b", order);
            go.countDown();
            a.join(TestMachine.LIMIT);
            b.join(TestMachine.LIMIT);
        }
        assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    }

    private static KernelThread<Void> yielding(TestMachine machine, String name, List<String> order) {
        return machine.threads.spawn(ThreadOptions.named(name), () -> {
            for (int turn = 0; turn < 3; turn++) {
                order.add(name);
                machine.threads.yield();
            }
            return null;
        });
    }

    @Test
    void shouldContinueAtOnceWhenAYieldingThreadIsAlone() throws Exception {
        try (TestMachine machine = new TestMachine(1, QueueScheduler.fifo())) {
            KernelThread<String> thread = machine.threads.spawn(ThreadOptions.DEFAULT, () -> {
                Thread before = Thread.currentThread();
                machine.threads.yield();
                return before == Thread.currentThread() ? "same" : "other";
            });
            assertThat(thread.join(TestMachine.LIMIT)).contains("same");
            machine.awaitIdle();
            assertThat(machine.threads.machine().switches()).isEqualTo(1);
        }
    }

    @Test
    void shouldRunOnlyAsManyThreadsAsThereAreCpus() {
        try (TestMachine machine = new TestMachine(2, QueueScheduler.fifo())) {
            CountDownLatch go = new CountDownLatch(1);
            TaskExecutor executor = machine.executor();
            for (int i = 0; i < 10; i++) {
                executor.execute(() -> TestMachine.await(go));
            }
            TestMachine.awaitThat(() -> machine.threads.machine().running() == 2, "two threads run");
            assertThat(machine.threads.machine().ready()).isEqualTo(8);
            assertThat(machine.machine.held()).isEqualTo(8);
            go.countDown();
            machine.awaitIdle();
        }
    }

    @Test
    void shouldUseOneCarrierForManyTinyTasks() throws Exception {
        try (TestMachine machine = new TestMachine(1, QueueScheduler.fifo())) {
            TaskExecutor executor = machine.executor();
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch done = new CountDownLatch(1_000);
            executor.execute(() -> TestMachine.await(go));
            for (int i = 0; i < 1_000; i++) {
                executor.execute(done::countDown);
            }
            go.countDown();
            TestMachine.await(done);
            assertThat(machine.machine.carriers().count()).isEqualTo(1);
        }
    }

    @Test
    void shouldHandTheCpuToABlockedThreadsCarrierWhenItIsWoken() throws Exception {
        try (TestMachine machine = new TestMachine(1, QueueScheduler.fifo())) {
            KernelThread<String> blocked = machine.threads.spawn(ThreadOptions.DEFAULT, () -> {
                machine.threads.block(BlockReason.SIGNAL);
                return "woken";
            });
            machine.awaitState(blocked.id(), ThreadState.BLOCKED);
            KernelThread<Boolean> waker =
                    machine.threads.spawn(ThreadOptions.DEFAULT, () -> machine.threads.wake(blocked.id()));
            assertThat(waker.join(TestMachine.LIMIT)).contains(true);
            assertThat(blocked.join(TestMachine.LIMIT)).contains("woken");
        }
    }
}

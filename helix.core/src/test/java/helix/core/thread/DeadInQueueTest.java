package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.ThreadRef;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Threads that die in the scheduler's queue: it may return them, or drop them and say nothing. */
class DeadInQueueTest {

    private static final int TASKS = 10;

    /** Drops the dead on its own, in each way that the shipped policies have. */
    private static final class DroppingScheduler extends QueueScheduler {

        DroppingScheduler() {
            super(false);
        }

        @Override
        public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
            dropDead();
            return super.pickNext(cpu, nowNs);
        }
    }

    /** A machine with its only CPU busy, and tasks in the queue that are cancelled there. */
    private static void cancelQueued(TestMachine one, CountDownLatch go) {
        CountDownLatch running = new CountDownLatch(1);
        one.executor().execute(() -> {
            running.countDown();
            TestMachine.await(go);
        });
        TestMachine.await(running);
        TaskExecutor cancelled = one.executor();
        for (int i = 0; i < TASKS; i++) {
            cancelled.execute(() -> {});
        }
        assertThat(cancelled.shutdownNow()).hasSize(TASKS);
    }

    @Test
    void shouldForgetCancelledTasksThatTheSchedulerDropsByItself() {
        try (TestMachine one = new TestMachine(1, new DroppingScheduler())) {
            CountDownLatch go = new CountDownLatch(1);
            cancelQueued(one, go);
            go.countDown();
            one.awaitIdle();
            assertThat(one.machine.held()).isZero();
            assertThat(one.machine.table().all()).isEmpty();
            one.tick(Duration.ofSeconds(1));
            one.tick(Duration.ofSeconds(5));
            assertThat(one.threads.machine().stalled()).isEmpty();
        }
    }

    @Test
    void shouldAcceptASuccessorThatLeavesTheDeadOut() {
        QueueScheduler old = QueueScheduler.fifo();
        try (TestMachine one = new TestMachine(1, old)) {
            CountDownLatch go = new CountDownLatch(1);
            cancelQueued(one, go);
            CountDownLatch ran = new CountDownLatch(1);
            one.executor().execute(ran::countDown);
            old.dropDead();
            one.slot.carry(old, new DroppingScheduler());
            go.countDown();
            TestMachine.await(ran);
        }
    }

    @Test
    void shouldRefuseASuccessorThatTakesTheDeadForTheLiving() {
        QueueScheduler old = QueueScheduler.fifo();
        try (TestMachine one = new TestMachine(1, old)) {
            CountDownLatch go = new CountDownLatch(1);
            cancelQueued(one, go);
            CountDownLatch ran = new CountDownLatch(1);
            one.executor().execute(ran::countDown);
            assertThatThrownBy(() -> one.slot.carry(old, QueueScheduler.fifo()))
                    .hasMessageContaining("took 11 ready threads, the kernel counts 1");
            go.countDown();
            TestMachine.await(ran);
            one.awaitIdle();
            assertThat(one.threads.machine().schedulerFaults()).isZero();
        }
    }

    @Test
    void shouldAcceptASuccessorAfterTasksWereCancelledWhileTheSlotWasEmpty() {
        QueueScheduler old = QueueScheduler.fifo();
        try (TestMachine one = new TestMachine(1, old)) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch running = new CountDownLatch(1);
            one.executor().execute(() -> {
                running.countDown();
                TestMachine.await(go);
            });
            TestMachine.await(running);
            TaskExecutor cancelled = one.executor();
            List.of(1, 2, 3).forEach(i -> cancelled.execute(() -> {}));
            one.slot.empty();
            assertThat(cancelled.shutdownNow()).hasSize(3);
            old.dropDead();
            one.slot.carry(old, QueueScheduler.fifo());
            assertThat(one.machine.held()).isZero();
            go.countDown();
            one.awaitIdle();
        }
    }

    @Test
    void shouldForgetAKilledThreadThatTheSchedulerSaysItDoesNotHave() {
        QueueScheduler denying = new QueueScheduler(false) {
            @Override
            public synchronized boolean remove(ThreadRef thread) {
                super.remove(thread);
                return false;
            }
        };
        try (TestMachine one = new TestMachine(1, denying)) {
            CountDownLatch go = new CountDownLatch(1);
            CountDownLatch running = new CountDownLatch(1);
            AtomicInteger ran = new AtomicInteger();
            one.executor().execute(() -> {
                running.countDown();
                TestMachine.await(go);
            });
            TestMachine.await(running);
            one.executor().execute(ran::incrementAndGet);
            one.threads.kill(one.threads.list().get(1).id());
            assertThat(one.machine.held()).isZero();
            assertThat(one.machine.table().all()).hasSize(1);
            go.countDown();
            one.awaitIdle();
            assertThat(ran).hasValue(0);
        }
    }
}

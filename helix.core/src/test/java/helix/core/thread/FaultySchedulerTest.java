package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadRef;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whatever a scheduler does wrong, no thread is lost, none runs twice, and no caller of the kernel learns of it. */
class FaultySchedulerTest {

    /** Throws from one call in four, before or after it had its effect. */
    private static final class ThrowingScheduler extends QueueScheduler {
        private final Random random = new Random(42);

        ThrowingScheduler() {
            super(false);
        }

        private synchronized void maybeThrow() {
            if (random.nextInt(4) == 0) {
                throw new IllegalStateException("broken scheduler");
            }
        }

        @Override
        public void admit(ThreadRef thread) {
            maybeThrow();
        }

        @Override
        public synchronized void add(ThreadRef thread) {
            maybeThrow();
            super.add(thread);
            maybeThrow();
        }

        @Override
        public synchronized void wake(ThreadRef thread) {
            maybeThrow();
            super.wake(thread);
            maybeThrow();
        }

        @Override
        public synchronized boolean remove(ThreadRef thread) {
            maybeThrow();
            return super.remove(thread);
        }

        @Override
        public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
            maybeThrow();
            return super.pickNext(cpu, nowNs);
        }

        @Override
        public synchronized void yield(CpuId cpu, ThreadRef thread, SwitchReason reason, long ranNs) {
            maybeThrow();
            super.yield(cpu, thread, reason, ranNs);
            maybeThrow();
        }

        @Override
        public synchronized void block(CpuId cpu, ThreadRef thread, BlockReason reason, long ranNs) {
            maybeThrow();
        }

        @Override
        public boolean tick(CpuId cpu, long nowNs) {
            maybeThrow();
            return true;
        }
    }

    @Test
    void shouldLoseNoThreadWhenTheSchedulerThrowsFromEveryMethod() {
        int count = 500;
        AtomicInteger[] runs = new AtomicInteger[count];
        try (TestMachine two = new TestMachine(2, new ThrowingScheduler())) {
            CountDownLatch done = new CountDownLatch(count);
            for (int i = 0; i < count; i++) {
                AtomicInteger mine = new AtomicInteger();
                runs[i] = mine;
                KernelThread<Void> thread = two.threads.spawn(ThreadOptions.DEFAULT, () -> {
                    two.threads.yield();
                    two.threads.block(BlockReason.SIGNAL);
                    mine.incrementAndGet();
                    done.countDown();
                    return null;
                });
                two.threads.wake(thread.id());
            }
            two.tickUntil(() -> done.getCount() == 0, "all threads ended");
            assertThat(two.threads.machine().schedulerFaults()).isPositive();
            // a throw that came after the effect left copies in the queue: they must not run again
            two.tickUntil(() -> two.machine.held() == 0 && two.machine.stranded() == 0, "nothing is held");
        }
        assertThat(runs).allSatisfy(mine -> assertThat(mine).hasValue(1));
    }

    @Test
    void shouldThrowAwayThreadsThatAreReturnedTwice() {
        QueueScheduler doubling = new QueueScheduler(false) {
            @Override
            public synchronized void add(ThreadRef thread) {
                super.add(thread);
                super.add(thread);
            }
        };
        AtomicInteger runs = new AtomicInteger();
        try (TestMachine two = new TestMachine(2, doubling)) {
            TaskExecutor executor = two.executor();
            CountDownLatch done = new CountDownLatch(1_000);
            for (int i = 0; i < 1_000; i++) {
                executor.execute(() -> {
                    runs.incrementAndGet();
                    done.countDown();
                });
            }
            two.tickUntil(() -> done.getCount() == 0, "all ran");
            two.tickUntil(() -> doubling.stats().ready() == 0 || two.machine.held() == 0, "nothing is held");
            two.awaitIdle();
            assertThat(two.threads.machine().schedulerFaults()).isPositive();
        }
        assertThat(runs).hasValue(1_000);
    }

    @Test
    void shouldGoIdleWhenTheSchedulerAnswersOnlyNonsense() {
        ThreadRef stranger = new FactoryThread(77, ThreadOptions.DEFAULT, () -> {});
        QueueScheduler nonsense = new QueueScheduler(false) {
            @Override
            public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
                return new SchedulingDecision(stranger, 1);
            }
        };
        try (TestMachine one = new TestMachine(1, nonsense)) {
            KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
            assertThat(one.machine.cpus().allIdle()).isTrue();
            assertThat(thread.state()).isEqualTo(ThreadState.READY);
            assertThat(one.threads.machine().schedulerFaults()).isGreaterThanOrEqualTo(64);
        }
    }

    @Test
    void shouldPutAsideAThreadThatWasPickedForACpuItMayNotUse() throws Exception {
        QueueScheduler careless = new QueueScheduler(false) {
            @Override
            public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
                for (ThreadRef thread : export()) {
                    remove(thread);
                    return new SchedulingDecision(thread, QUANTUM_NS);
                }
                return SchedulingDecision.IDLE;
            }
        };
        try (TestMachine two = new TestMachine(2, careless)) {
            CpuId wanted = new CpuId(1);
            KernelThread<CpuId> thread = two.threads.spawn(
                    ThreadOptions.DEFAULT.withAffinity(CpuSet.of(wanted)),
                    () -> ((Carrier) Thread.currentThread()).cpu().id());
            two.tickUntil(() -> thread.state() == ThreadState.ZOMBIE, "ran");
            assertThat(thread.join(TestMachine.LIMIT)).contains(wanted);
        }
    }

    /** Takes everything and picks nothing. */
    private static QueueScheduler lazy() {
        return new QueueScheduler(false) {
            @Override
            public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
                return SchedulingDecision.IDLE;
            }
        };
    }

    @Test
    void shouldSayThatItIsStalledAndRecoverWithAnotherScheduler() throws Exception {
        try (TestMachine one = new TestMachine(1, lazy())) {
            KernelThread<String> a = one.threads.spawn(ThreadOptions.DEFAULT, () -> "a ran");
            KernelThread<String> b = one.threads.spawn(ThreadOptions.DEFAULT, () -> "b ran");
            one.tick();
            one.tick(Duration.ofMillis(900));
            assertThat(one.threads.machine().stalled()).isEmpty();
            one.tick(Duration.ofMillis(2_200));
            assertThat(one.threads.machine().stalled())
                    .contains("2 threads are ready, but the scheduler has picked none for 3.1 s");
            one.slot.refill(QueueScheduler.fifo());
            one.machine.tick().kick();
            assertThat(a.join(TestMachine.LIMIT)).contains("a ran");
            assertThat(b.join(TestMachine.LIMIT)).contains("b ran");
            one.awaitIdle();
            one.tick();
            assertThat(one.threads.machine().stalled()).isEmpty();
            assertThat(one.threads.machine().refills()).isEqualTo(2);
        }
    }

    @Test
    void shouldRefillInTheOrderInWhichThreadsBecameReady() {
        try (TestMachine one = new TestMachine(1, lazy())) {
            for (int i = 0; i < 20; i++) {
                one.threads.spawn(ThreadOptions.named("t" + i), () -> null);
            }
            QueueScheduler successor = lazy();
            one.slot.refill(successor);
            assertThat(successor.export())
                    .extracting(ThreadRef::readyOrder)
                    .isSorted()
                    .hasSize(20);
        }
    }

    @Test
    void shouldNotRefillAThreadThatDiedInTheQueue() {
        QueueScheduler forgetful = new QueueScheduler(false) {
            @Override
            public synchronized boolean remove(ThreadRef thread) {
                return false;
            }

            @Override
            public synchronized SchedulingDecision pickNext(CpuId cpu, long nowNs) {
                return SchedulingDecision.IDLE;
            }
        };
        try (TestMachine one = new TestMachine(1, forgetful)) {
            one.threads.spawn(ThreadOptions.DEFAULT, () -> null).kill();
            one.threads.spawn(ThreadOptions.DEFAULT, () -> null);
            assertThat(one.machine.held()).isEqualTo(1);
            QueueScheduler successor = lazy();
            one.slot.refill(successor);
            assertThat(successor.export()).hasSize(1);
            assertThat(one.machine.held()).isEqualTo(1);
            assertThat(one.machine.table().all()).hasSize(1);
        }
    }

    @Test
    void shouldRefuseASuccessorThatLostAThread() {
        QueueScheduler old = lazy();
        try (TestMachine one = new TestMachine(1, old)) {
            one.threads.spawn(ThreadOptions.DEFAULT, () -> null);
            QueueScheduler forgetful = new QueueScheduler(false) {
                @Override
                synchronized void adopt(List<ThreadRef> state) {
                    super.adopt(state.subList(1, state.size()));
                }
            };
            assertThatThrownBy(() -> one.slot.carry(old, forgetful))
                    .cause()
                    .isInstanceOfSatisfying(
                            KernelException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_MIGRATION_FAILED))
                    .hasMessage("the successor took 0 ready threads, the kernel counts 1");
        }
    }

    @Test
    void shouldKeepThreadsThatAreSpawnedWhileTheSlotIsEmpty() throws Exception {
        try (TestMachine one = new TestMachine(1, null)) {
            KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
            one.tick();
            one.tick(Duration.ofMillis(2_500));
            one.tick();
            assertThat(thread.state()).isEqualTo(ThreadState.READY);
            assertThat(one.threads.machine().stalled())
                    .contains("1 thread is ready, but the slot 'scheduler' is empty for 2.5 s");
            one.slot.refill(QueueScheduler.fifo());
            one.machine.tick().kick();
            assertThat(thread.join(TestMachine.LIMIT)).contains("ran");
        }
    }

    @Test
    void shouldKeepRunningThreadsThatGiveWayWhileTheSlotIsEmpty() throws Exception {
        try (TestMachine one = new TestMachine(1, QueueScheduler.fifo())) {
            CountDownLatch go = new CountDownLatch(1);
            KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
                TestMachine.await(go);
                one.threads.yield();
                return "went on";
            });
            one.awaitState(thread.id(), ThreadState.RUNNING);
            one.slot.empty();
            go.countDown();
            one.awaitState(thread.id(), ThreadState.READY);
            one.awaitIdle();
            one.slot.refill(QueueScheduler.fifo());
            one.tick();
            assertThat(thread.join(TestMachine.LIMIT)).contains("went on");
        }
    }

    @Test
    void shouldRefuseAThreadThatTheSchedulerDoesNotAdmit() {
        QueueScheduler strict = new QueueScheduler(false) {
            @Override
            public void admit(ThreadRef thread) {
                if (thread.policy() == SchedulingPolicy.DEADLINE) {
                    throw new KernelException(ErrorCode.NOT_SUPPORTED, "no deadlines");
                }
            }
        };
        try (TestMachine one = new TestMachine(1, strict)) {
            ThreadOptions deadline = ThreadOptions.DEFAULT.withPolicy(SchedulingPolicy.DEADLINE);
            TaskExecutor executor = one.executor();
            assertThatThrownBy(() -> one.threads.spawn(deadline, () -> null)).hasMessage("no deadlines");
            assertThatThrownBy(() -> executor.with(deadline).execute(() -> {})).hasMessage("no deadlines");
            assertThatThrownBy(() -> one.threads.factory(deadline).newThread(() -> {}))
                    .hasMessage("no deadlines");
            assertThat(one.threads.list()).isEmpty();
            executor.shutdown();
            assertThat(executor.isTerminated()).isTrue();
        }
    }
}

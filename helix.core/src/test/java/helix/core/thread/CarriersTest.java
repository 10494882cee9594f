package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CarriersTest {

    @Test
    void shouldTryAgainAtATickWhenNoJavaThreadCouldBeStarted() throws Exception {
        AtomicBoolean exhausted = new AtomicBoolean(true);
        MachineSettings settings = new MachineSettings(1, 4, 4, Duration.ofSeconds(10));
        try (TestMachine one = new TestMachine(settings, QueueScheduler.fifo(), carrier -> {
            if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            carrier.start();
        })) {
            KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
            assertThat(thread.state()).isEqualTo(ThreadState.READY);
            assertThat(one.machine.stranded()).isEqualTo(1);
            assertThat(one.machine.cpus().allIdle()).isTrue();
            one.tick();
            assertThat(one.machine.counters().carrierShortages.sum()).isEqualTo(2);
            assertThat(one.machine.carriers().count()).isZero();
            exhausted.set(false);
            one.tick();
            assertThat(thread.join(TestMachine.LIMIT)).contains("ran");
        }
    }

    @Test
    void shouldTellTheSchedulerThatAThreadItPickedDoesNotRunForLackOfAJavaThread() {
        MachineSettings settings = new MachineSettings(1, 4, 4, Duration.ofSeconds(10));
        QueueScheduler scheduler = QueueScheduler.fifo();
        try (TestMachine one = new TestMachine(settings, scheduler, carrier -> {
            throw new OutOfMemoryError("unable to create native thread");
        })) {
            one.threads.spawn(ThreadOptions.DEFAULT, () -> "never");
            assertThat(one.machine.stranded()).isEqualTo(1);
            assertThat(scheduler.calls()).containsExactly("block MEMORY");
        }
    }

    @Test
    void shouldKeepTheNumberOfCarriersBelowItsLimit() throws Exception {
        MachineSettings settings = new MachineSettings(1, 10, 2, Duration.ofSeconds(10));
        AtomicInteger started = new AtomicInteger();
        try (TestMachine one = new TestMachine(settings, QueueScheduler.fifo(), carrier -> {
            started.incrementAndGet();
            carrier.start();
        })) {
            KernelThread<?> a = blocked(one);
            KernelThread<?> b = blocked(one);
            one.awaitState(a.id(), ThreadState.BLOCKED);
            one.awaitState(b.id(), ThreadState.BLOCKED);
            KernelThread<String> third = one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran");
            one.tick();
            assertThat(third.state()).isEqualTo(ThreadState.READY);
            one.threads.wake(a.id());
            one.tickUntil(() -> third.state() == ThreadState.ZOMBIE, "the third ran");
            assertThat(started).hasValue(2);
            one.threads.wake(b.id());
        }
    }

    private static KernelThread<Void> blocked(TestMachine machine) {
        return machine.threads.spawn(ThreadOptions.DEFAULT, () -> {
            machine.threads.block(BlockReason.SIGNAL);
            return null;
        });
    }

    @Test
    void shouldEndACarrierThatHasBeenIdleForLong() throws Exception {
        MachineSettings settings = new MachineSettings(1, 4, 4, Duration.ofMillis(1));
        try (TestMachine one = new TestMachine(settings, QueueScheduler.fifo(), Thread::start)) {
            for (int i = 0; i < 200; i++) {
                assertThat(one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran").join(TestMachine.LIMIT))
                        .contains("ran");
                if (i % 20 == 0) {
                    TestMachine.awaitThat(() -> one.machine.carriers().count() == 0, "no carrier is left");
                }
            }
        }
    }

    @Test
    void shouldEndSpareCarriersWhenTheMachineCloses() {
        TestMachine one = new TestMachine(1, QueueScheduler.fifo());
        CountDownLatch ran = new CountDownLatch(1);
        one.executor().execute(ran::countDown);
        TestMachine.await(ran);
        one.close();
        TestMachine.awaitThat(() -> one.machine.carriers().count() == 0, "no carrier is left");
    }
}

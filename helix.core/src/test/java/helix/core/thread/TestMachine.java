package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.scheduler.Scheduler;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import helix.api.thread.ThreadView;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A machine over a fake slot, with a clock and a tick driven by hand. */
final class TestMachine implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(20);

    final AtomicLong now = new AtomicLong(1_000_000_000L);
    final FakeSlot slot = new FakeSlot();
    final Machine machine;
    final KernelThreads threads;
    final KernelCpus cpus;

    TestMachine(int cpuCount, Scheduler first) {
        this(new MachineSettings(cpuCount, 4, 64, Duration.ofSeconds(10)), first, Thread::start);
    }

    TestMachine(MachineSettings settings, Scheduler first, Consumer<Thread> starter) {
        machine = new Machine(settings, new KernelClock(now::get), slot::keptBy, starter);
        threads = new KernelThreads(machine);
        cpus = new KernelCpus(machine);
        if (first != null) {
            slot.refill(first);
        }
    }

    TaskExecutor executor() {
        return new TaskExecutor(machine, new ExecutorLife(), ThreadOptions.DEFAULT);
    }

    void tick(Duration later) {
        now.addAndGet(later.toNanos());
        machine.tick().tick();
    }

    void tick() {
        tick(Duration.ofMillis(1));
    }

    ThreadView view(ThreadId id) {
        return threads.list().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    void awaitState(ThreadId id, ThreadState state) {
        awaitThat(() -> machine.table().find(id).stage().state() == state, "thread " + id + " is " + state);
    }

    void awaitIdle() {
        awaitThat(machine.cpus()::allIdle, "all CPUs are idle");
    }

    /** For what no latch tells of. */
    static void awaitThat(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline for: " + what).isLessThan(deadline);
            Thread.yield();
        }
    }

    /** As {@link #awaitThat}, ticking meanwhile while the clock stands still. */
    void tickUntil(BooleanSupplier condition, String what) {
        awaitThat(
                () -> {
                    tick(Duration.ZERO);
                    return condition.getAsBoolean();
                },
                what);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("latch opened in time")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting", e);
        }
    }

    @Override
    public void close() {
        machine.close();
    }
}

package helix.tck;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerStats;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.BlockReason;
import helix.api.thread.SwitchReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Drives a scheduler from many threads: one per CPU that picks, ticks, yields, blocks and ends threads; two that add;
 * one that wakes; one that removes queued threads for good; one that takes the last CPU offline and back. Each thread
 * carries a mark that says where it is, so that a thread picked twice is noticed at once.
 */
final class ConcurrentCalls implements AutoCloseable {

    private static final int READY = 0;
    private static final int RUNNING = 1;
    private static final int WAITING = 2;
    private static final int ENDED = 3;
    private static final int ADDERS = 2;

    private final Scheduler scheduler;
    private final int cpus;
    private final List<FakeThread> threads = new ArrayList<>();
    private final AtomicIntegerArray marks;
    private final Queue<FakeThread> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger nextToAdd = new AtomicInteger();
    private final AtomicLong order = new AtomicLong();
    private final AtomicLong clock = new AtomicLong();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private volatile boolean broken;

    ConcurrentCalls(Scheduler scheduler, int cpus, int count) {
        this.scheduler = scheduler;
        this.cpus = cpus;
        this.marks = new AtomicIntegerArray(count);
        for (int i = 0; i < count; i++) {
            threads.add(new FakeThread(i).withPriority(100 + i % 40));
        }
        for (int cpu = 0; cpu < cpus; cpu++) {
            scheduler.cpuOnline(new CpuId(cpu));
        }
    }

    void runUntilAllHaveEnded(Duration limit) throws Exception {
        List<Future<?>> workers = new ArrayList<>();
        for (int cpu = 0; cpu < cpus; cpu++) {
            CpuId id = new CpuId(cpu);
            workers.add(start(() -> serve(id)));
        }
        for (int i = 0; i < ADDERS; i++) {
            workers.add(start(this::add));
        }
        workers.add(start(this::wake));
        workers.add(start(this::remove));
        workers.add(start(this::toggleLastCpu));
        awaitAll(workers, System.nanoTime() + limit.toNanos());
        SchedulerStats stats = scheduler.stats();
        assertThat(stats.ready()).as("ready at the end").isZero();
        assertThat(stats.running()).as("running at the end").isZero();
    }

    private Future<?> start(Callable<Void> body) {
        return pool.submit(() -> {
            try {
                return body.call();
            } catch (RuntimeException | Error e) {
                broken = true;
                throw e;
            }
        });
    }

    private void awaitAll(List<Future<?>> workers, long deadlineNs) throws Exception {
        for (Future<?> worker : workers) {
            try {
                worker.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                broken = true;
                throw new AssertionError(
                        ended + " of " + threads.size() + " threads have ended, " + scheduler.stats(), e);
            }
        }
    }

    private boolean goesOn() {
        return !broken && ended.get() < threads.size();
    }

    private Void serve(CpuId cpu) {
        Random random = new Random(cpu.number());
        while (goesOn()) {
            SchedulingDecision decision = scheduler.pickNext(cpu, clock.addAndGet(1_000));
            if (decision.isIdle()) {
                Thread.onSpinWait();
            } else {
                run(cpu, (FakeThread) decision.thread(), random);
            }
        }
        return null;
    }

    private void run(CpuId cpu, FakeThread thread, Random random) {
        move(thread, READY, RUNNING);
        scheduler.tick(cpu, clock.addAndGet(1_000_000));
        switch (random.nextInt(4)) {
            case 0 -> {
                move(thread, RUNNING, READY);
                thread.becomesReady(order.incrementAndGet(), clock.get());
                scheduler.yield(cpu, thread, SwitchReason.YIELD, 1_000);
            }
            case 1 -> {
                move(thread, RUNNING, WAITING);
                scheduler.block(cpu, thread, BlockReason.IO, 1_000);
                waiting.add(thread);
            }
            default -> {
                assertThat(scheduler.remove(thread)).as("%s was queued", thread).isFalse();
                end(thread, RUNNING);
            }
        }
    }

    private void move(FakeThread thread, int from, int to) {
        assertThat(marks.compareAndSet((int) thread.id().number(), from, to))
                .as("%s moves from %d to %d", thread, from, to)
                .isTrue();
    }

    private void end(FakeThread thread, int from) {
        move(thread, from, ENDED);
        thread.dies();
        ended.incrementAndGet();
    }

    private Void add() {
        for (int i = nextToAdd.getAndIncrement(); i < threads.size() && !broken; i = nextToAdd.getAndIncrement()) {
            FakeThread thread = threads.get(i);
            thread.becomesReady(order.incrementAndGet(), clock.get());
            scheduler.add(thread);
        }
        return null;
    }

    private Void wake() {
        while (goesOn()) {
            FakeThread thread = waiting.poll();
            if (thread == null) {
                Thread.onSpinWait();
            } else {
                move(thread, WAITING, READY);
                thread.becomesReady(order.incrementAndGet(), clock.get());
                scheduler.wake(thread);
            }
        }
        return null;
    }

    /** Takes out threads that happen to be queued. A removal that says so owns the thread. */
    private Void remove() {
        Random random = new Random(4711);
        while (goesOn()) {
            FakeThread thread = threads.get(random.nextInt(threads.size()));
            if (marks.get((int) thread.id().number()) == READY && scheduler.remove(thread)) {
                end(thread, READY);
            }
            Thread.yield();
        }
        return null;
    }

    private Void toggleLastCpu() {
        CpuId last = new CpuId(cpus - 1);
        while (goesOn()) {
            scheduler.cpuOffline(last);
            scheduler.stats();
            scheduler.cpuOnline(last);
            Thread.yield();
        }
        return null;
    }

    @Override
    public void close() {
        broken = true;
        pool.shutdownNow();
    }
}

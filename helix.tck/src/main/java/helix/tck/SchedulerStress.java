package helix.tck;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.scheduler.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Calls from many threads at once, as the kernel makes them. */
public interface SchedulerStress extends SchedulerFactory {

    @Test
    default void shouldRunEveryThreadOfManyUnderConcurrentCalls() throws Exception {
        try (ConcurrentCalls calls = new ConcurrentCalls(create(), 3, 20_000)) {
            calls.runUntilAllHaveEnded(Duration.ofSeconds(60));
        }
    }

    @Test
    default void shouldLoseNoThreadThatArrivesWhileItsCpuGoesOffline() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 300; round++) {
                FakeKernel kernel = kernel(2);
                List<FakeThread> threads = newThreads(1_000);
                AtomicInteger added = new AtomicInteger();

                Future<?> adder = pool.submit(() -> threads.forEach(thread -> {
                    kernel.scheduler().add(thread);
                    added.incrementAndGet();
                }));
                while (added.get() < round && !adder.isDone()) {
                    Thread.onSpinWait();
                }
                kernel.offline(1);
                adder.get(10, TimeUnit.SECONDS);

                assertThat(kernel.drain(0)).as("round %d", round).hasSize(1_000).doesNotHaveDuplicates();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    default void shouldFindEveryQueuedThreadToRemoveWhileThreadsMove() throws Exception {
        Scheduler scheduler = kernel(2).scheduler();
        List<FakeThread> threads = newThreads(64);
        threads.forEach(scheduler::add);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch moving = new CountDownLatch(1);
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try {
            Future<?> mover = pool.submit(() -> moveUntil(done, moving, scheduler));
            moving.await();
            for (int i = 0; i < 20_000; i++) {
                FakeThread thread = threads.get(i % threads.size());
                assertThat(scheduler.remove(thread)).as("%s was queued", thread).isTrue();
                scheduler.add(thread);
            }
            done.set(true);
            mover.get(10, TimeUnit.SECONDS);
        } finally {
            done.set(true);
            pool.shutdownNow();
        }
    }

    /** Everything that may move a queued thread, and nothing that picks one. */
    private static void moveUntil(AtomicBoolean done, CountDownLatch moving, Scheduler scheduler) {
        CpuId first = new CpuId(0);
        CpuId last = new CpuId(1);
        for (long nowNs = 1; !done.get(); nowNs += 1_000_000) {
            scheduler.cpuOffline(last);
            scheduler.cpuOnline(last);
            scheduler.tick(last, nowNs);
            scheduler.cpuOffline(first);
            scheduler.cpuOnline(first);
            scheduler.tick(first, nowNs);
            moving.countDown();
        }
    }

    private static List<FakeThread> newThreads(int count) {
        return LongStream.range(0, count).mapToObj(FakeThread::new).toList();
    }
}

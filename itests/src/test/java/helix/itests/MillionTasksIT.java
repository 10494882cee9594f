package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.slot.StateOutcome;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.Test;

/** Tasks are submitted without pause while the scheduler is swapped under them: each runs exactly once. */
public class MillionTasksIT extends OnDistribution {

    private static final int TASKS = 1_000_000;
    private static final int SWAPS = 100;
    /** Tasks that may wait at once, so that the test's own memory is bounded. */
    private static final int BACKLOG = 20_000;

    private static final int LIMIT = 20 * TASKS;

    private final AtomicIntegerArray runs = new AtomicIntegerArray(LIMIT);
    private final AtomicLong ran = new AtomicLong();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    public void shouldRunEachOfAMillionTasksExactlyOnceDuringAHundredSwaps() throws Exception {
        Thread submitter = submitter(TASKS);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < SWAPS; i++) {
            SwapReport report = swapAtLast(i % 2 == 0 ? "priority" : "roundrobin");
            outcomes.merge(report.outcome() + " " + report.state(), 1, Integer::sum);
        }
        int submitted = finish(submitter);

        assertTrue("only " + submitted, submitted >= TASKS);
        assertEquals(outcomes.toString(), SWAPS, (int) outcomes.getOrDefault("SWAPPED BY_REFERENCE", 0));
        assertEachRanOnce(submitted);
    }

    @Test
    public void shouldLoseNoTaskWhenImportsThrowUnderThatLoad() throws Exception {
        candidates.offer("noimport", () -> new ListScheduler() {
            @Override
            public void importState(Object state) throws Exception {
                throw new IllegalStateException("cannot read that");
            }
        });
        Thread submitter = submitter(TASKS / 5);
        for (int i = 0; i < 10; i++) {
            SwapReport fresh = swapAtLast("noimport");
            assertEquals(fresh.toString(), SwapOutcome.SWAPPED, fresh.outcome());
            assertEquals(StateOutcome.FRESH, fresh.state());
            SwapReport back = swapAtLast("roundrobin");
            assertTrue(back.toString(), back.isSwapped());
        }
        int submitted = finish(submitter);

        assertTrue(threads.machine().refills() >= 10);
        assertEachRanOnce(submitted);
    }

    private int submitted;

    /** Submits tasks until there were at least so many and it is told that it is enough. */
    private Thread submitter(int atLeast) {
        Thread thread = new Thread(
                () -> {
                    int next = 0;
                    while ((next < atLeast || !enough.get()) && next < LIMIT) {
                        if (next - ran.get() < BACKLOG) {
                            int number = next++;
                            executor.execute(() -> {
                                runs.incrementAndGet(number);
                                ran.incrementAndGet();
                            });
                        } else {
                            Thread.onSpinWait();
                        }
                    }
                    submitted = next;
                },
                "submitter");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private int finish(Thread submitter) throws Exception {
        enough.set(true);
        submitter.join(TimeUnit.SECONDS.toMillis(2 * PATIENCE_S));
        assertTrue("the submitter is stuck", !submitter.isAlive());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (ran.get() < submitted && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        return submitted;
    }

    private void assertEachRanOnce(int count) {
        int wrong = 0;
        for (int i = 0; i < count; i++) {
            wrong += runs.get(i) == 1 ? 0 : 1;
        }
        assertEquals("tasks that did not run exactly once, of " + count + "; " + threads.machine(), 0, wrong);
    }
}

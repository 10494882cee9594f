package helix.core.thread;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/**
 * The life of an executor: open, shut down, terminated. Thread-safe, without locks.
 *
 * <p><b>Ordering.</b> A task counts as begun before the submitter looks whether the executor is open. The two sums are
 * compared only after it was shut down, ended tasks first: no task can begin between the two that is not taken back.
 */
final class ExecutorLife {

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private volatile boolean shutdown;
    private volatile boolean stopped;

    /** @return false when the executor takes no more tasks */
    boolean tryBegin() {
        begun.increment();
        if (shutdown) {
            end();
            return false;
        }
        return true;
    }

    void end() {
        ended.increment();
        if (shutdown) {
            terminateWhenEmpty();
        }
    }

    void shutdown() {
        shutdown = true;
        terminateWhenEmpty();
    }

    /** As {@link #shutdown}, and tasks that begin from now on are to begin interrupted. */
    void stop() {
        stopped = true;
        shutdown();
    }

    boolean isStopped() {
        return stopped;
    }

    private void terminateWhenEmpty() {
        long endedNow = ended.sum();
        if (endedNow == begun.sum()) {
            terminated.countDown();
        }
    }

    boolean isShutdown() {
        return shutdown;
    }

    CountDownLatch terminated() {
        return terminated;
    }
}

package helix.core.thread;

import helix.api.thread.ThreadOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A kernel thread that runs one task of an executor. Nobody joins it. */
final class TaskThread extends ControlBlock {

    private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

    private final ExecutorLife life;
    private Runnable task;

    TaskThread(long number, ThreadOptions options, Runnable task, ExecutorLife life) {
        super(number, options);
        this.task = task;
        this.life = life;
    }

    Runnable task() {
        return task;
    }

    /** Whoever stops the executor sees this thread running, or this thread sees that it is stopped. */
    @Override
    void body() {
        if (life.isStopped()) {
            Thread.currentThread().interrupt();
        }
        task.run();
    }

    @Override
    boolean isJoinable() {
        return false;
    }

    @Override
    ExecutorLife life() {
        return life;
    }

    @Override
    void ended(Throwable failure) {
        Runnable done = task;
        task = null;
        if (failure instanceof ThreadKilled) {
            if (done instanceof KernelFuture<?> future) {
                future.killed();
            }
        } else if (failure != null) {
            LOG.error("Kernel thread '{}' ended with an exception", name(), failure);
        }
        life.end();
    }
}

package helix.core.thread;

import helix.api.thread.KernelExecutor;
import helix.api.thread.ThreadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;

/** {@link KernelExecutor} over a {@link Machine}. Thread-safe, without locks. */
class TaskExecutor extends AbstractExecutorService implements KernelExecutor {

    private final Machine machine;
    private final ExecutorLife life;
    private final ThreadOptions options;

    TaskExecutor(Machine machine, ExecutorLife life, ThreadOptions options) {
        this.machine = machine;
        this.life = life;
        this.options = options;
    }

    @Override
    public KernelExecutor with(ThreadOptions newOptions) {
        return new TaskExecutor(machine, life, Objects.requireNonNull(newOptions, "options"));
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        Carrier self = machine.waits().current();
        if (self == null) {
            begin(task);
            return;
        }
        self.enter();
        try {
            begin(task);
        } finally {
            self.exit();
        }
    }

    private void begin(Runnable task) {
        if (!life.tryBegin()) {
            throw new RejectedExecutionException("this executor was shut down and takes no task " + task);
        }
        boolean begun = false;
        try {
            machine.start(new TaskThread(machine.table().nextNumber(), options, task, life));
            begun = true;
        } finally {
            if (!begun) {
                life.end();
            }
        }
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return new KernelFuture<>(task, machine.waits());
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable task, T value) {
        return new KernelFuture<>(task, value, machine.waits());
    }

    @Override
    public void shutdown() {
        life.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        life.stop();
        List<Runnable> neverStarted = new ArrayList<>();
        machine.inKernel(() -> stopAll(neverStarted));
        return neverStarted;
    }

    private void stopAll(List<Runnable> neverStarted) {
        for (ControlBlock thread : machine.table().all()) {
            if (thread.life() == life) {
                Runnable task = ((TaskThread) thread).task();
                if (machine.steering().cancelFresh(thread)) {
                    neverStarted.add(task);
                    life.end();
                } else {
                    thread.interruptCarrier();
                }
            }
        }
    }

    @Override
    public boolean isShutdown() {
        return life.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return life.terminated().getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return machine.waits().await(life.terminated(), Duration.ofNanos(unit.toNanos(timeout)));
    }
}

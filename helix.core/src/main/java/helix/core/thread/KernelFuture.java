package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The future of a task. A kernel thread that waits for it gives its CPU up; a killed task ends with KILLED. */
final class KernelFuture<V> extends FutureTask<V> {

    private final Waits waits;

    KernelFuture(Callable<V> task, Waits waits) {
        super(task);
        this.waits = waits;
    }

    KernelFuture(Runnable task, V value, Waits waits) {
        super(task, value);
        this.waits = waits;
    }

    /** The task's thread was told to end. No effect when the task has ended already. */
    void killed() {
        setException(new KernelException(ErrorCode.KILLED, "the task was killed"));
    }

    @Override
    protected void setException(Throwable thrown) {
        if (thrown instanceof ThreadKilled) {
            killed();
        } else {
            super.setException(thrown);
        }
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
        if (isDone() || waits.current() == null) {
            return super.get();
        }
        return giveUpCpu(super::get);
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (isDone() || waits.current() == null) {
            return super.get(timeout, unit);
        }
        try {
            return waits.blocking(() -> super.get(timeout, unit));
        } catch (InterruptedException | ExecutionException | TimeoutException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new KernelException(ErrorCode.INTERNAL, "waiting for a task failed", e);
        }
    }

    private V giveUpCpu(Callable<V> wait) throws InterruptedException, ExecutionException {
        try {
            return waits.blocking(wait);
        } catch (InterruptedException | ExecutionException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new KernelException(ErrorCode.INTERNAL, "waiting for a task failed", e);
        }
    }
}

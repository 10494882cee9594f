package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;

/** A kernel thread that somebody has a handle on, and may join. */
final class SpawnedThread<V> extends ControlBlock implements KernelThread<V> {

    private final Machine machine;
    private final CountDownLatch done = new CountDownLatch(1);
    private Callable<V> body;
    private V value;
    private Throwable failure;

    SpawnedThread(long number, ThreadOptions options, Callable<V> body, Machine machine) {
        super(number, options);
        this.body = body;
        this.machine = machine;
    }

    @Override
    void body() throws Exception {
        value = body.call();
    }

    @Override
    boolean isJoinable() {
        return true;
    }

    @Override
    void ended(Throwable thrown) {
        body = null;
        failure = thrown instanceof ThreadKilled
                ? new KernelException(ErrorCode.KILLED, "thread " + number() + " '" + name() + "' was killed")
                : thrown;
        done.countDown();
    }

    @Override
    public ThreadState state() {
        return stage().state();
    }

    @Override
    public Optional<V> join(Duration limit) throws InterruptedException {
        if (!machine.waits().await(done, limit)) {
            return Optional.empty();
        }
        machine.exits().reap(this);
        if (failure != null) {
            throw new CompletionException(failure);
        }
        return Optional.ofNullable(value);
    }

    @Override
    public void kill() {
        machine.inKernel(() -> machine.steering().kill(this));
    }
}

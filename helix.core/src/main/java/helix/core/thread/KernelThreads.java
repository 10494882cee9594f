package helix.core.thread;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.MachineView;
import helix.api.thread.Priority;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadView;
import helix.api.thread.Threads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** {@link Threads} over a {@link Machine}. Thread-safe. */
class KernelThreads implements Threads {

    private final Machine machine;
    private final Waits waits;
    private final Views views;

    KernelThreads(Machine machine) {
        this.machine = machine;
        this.waits = machine.waits();
        this.views = new Views(machine);
    }

    final Machine kernel() {
        return machine;
    }

    @Override
    public <V> KernelThread<V> spawn(ThreadOptions options, Callable<V> body) {
        Objects.requireNonNull(body, "body");
        SpawnedThread<V> thread = new SpawnedThread<>(machine.table().nextNumber(), options, body, machine);
        machine.inKernel(() -> machine.start(thread));
        return thread;
    }

    @Override
    public ThreadFactory factory(ThreadOptions options) {
        Objects.requireNonNull(options, "options");
        return target -> machine.newThread(options, Objects.requireNonNull(target, "target"));
    }

    @Override
    public List<ThreadView> list() {
        checkpoint();
        return views.threads(Integer.MAX_VALUE);
    }

    @Override
    public List<ThreadView> list(int limit) {
        checkpoint();
        return views.threads(limit);
    }

    @Override
    public MachineView machine() {
        checkpoint();
        return views.machine();
    }

    @Override
    public Optional<ThreadId> current() {
        checkpoint();
        return Optional.ofNullable(waits.current()).map(self -> self.thread().id());
    }

    @Override
    public void yield() {
        Carrier self = waits.current();
        if (self == null) {
            Thread.yield();
        } else {
            waits.yield(self);
        }
    }

    @Override
    public void checkpoint() {
        Carrier self = waits.current();
        if (self != null) {
            self.enter();
            self.exit();
        }
    }

    @Override
    public void block(BlockReason reason) {
        Objects.requireNonNull(reason, "reason");
        Carrier self = waits.current();
        if (self == null) {
            throw new KernelException(
                    ErrorCode.INVALID_STATE,
                    "'" + Thread.currentThread().getName() + "' is no kernel thread and cannot block");
        }
        waits.block(self, reason);
    }

    @Override
    public boolean wake(ThreadId id) {
        ControlBlock thread = machine.table().find(id);
        if (thread == null) {
            checkpoint();
            return false;
        }
        machine.inKernel(() -> machine.steering().wake(thread));
        return true;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Carrier self = waits.current();
        if (self != null) {
            waits.sleep(self, duration);
        } else if (!duration.isNegative()) {
            TimeUnit.NANOSECONDS.sleep(TimeUnit.NANOSECONDS.convert(duration));
        }
    }

    @Override
    public <V> V blocking(Callable<V> body) throws Exception {
        return waits.blocking(body);
    }

    @Override
    public void stop(ThreadId id) {
        ControlBlock thread = require(id);
        machine.inKernel(() -> machine.steering().stop(thread));
    }

    @Override
    public void resume(ThreadId id) {
        ControlBlock thread = require(id);
        machine.inKernel(() -> machine.steering().resume(thread));
    }

    @Override
    public void kill(ThreadId id) {
        ControlBlock thread = require(id);
        machine.inKernel(() -> machine.steering().kill(thread));
    }

    @Override
    public void setPriority(ThreadId id, Priority priority) {
        Objects.requireNonNull(priority, "priority");
        ControlBlock thread = require(id);
        machine.inKernel(() -> thread.setPriority(priority));
    }

    private ControlBlock require(ThreadId id) {
        ControlBlock thread = machine.table().find(id);
        if (thread == null) {
            throw new KernelException(ErrorCode.NOT_FOUND, "no kernel thread " + id);
        }
        return thread;
    }
}

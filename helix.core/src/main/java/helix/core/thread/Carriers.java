package helix.core.thread;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Java threads for kernel threads that have not started yet. A carrier whose CPU went elsewhere is spare for a while,
 * then it ends. Thread-safe, without locks.
 */
final class Carriers {

    private static final Logger LOG = LoggerFactory.getLogger(Carriers.class);

    private final ConcurrentLinkedDeque<PoolCarrier> spare = new ConcurrentLinkedDeque<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong lastNumber = new AtomicLong();
    private final int limit;
    private final Duration idleLimit;
    private final Consumer<Thread> starter;
    private final Counters counters;
    private volatile KernelEntry entry;
    private volatile boolean closed;

    /** @param starter starts a Java thread; may throw OutOfMemoryError */
    Carriers(int limit, Duration idleLimit, Consumer<Thread> starter, Counters counters) {
        this.limit = limit;
        this.idleLimit = idleLimit;
        this.starter = starter;
        this.counters = counters;
    }

    /** Called once, before the first thread: carriers and their way into the kernel need each other. */
    void enterBy(KernelEntry way) {
        entry = way;
    }

    /** How many there are. */
    int count() {
        return count.get();
    }

    /**
     * Has {@code thread} started on {@code cpu} by a spare or a new carrier.
     *
     * @return false when there is none and none can be made; nothing has changed then
     */
    boolean carry(ControlBlock thread, Cpu cpu) {
        PoolCarrier carrier = spare.pollFirst();
        if (carrier != null) {
            carrier.assign(thread, cpu);
            LockSupport.unpark(carrier);
            return true;
        }
        if (count.incrementAndGet() <= limit && start(thread, cpu)) {
            return true;
        }
        count.decrementAndGet();
        counters.carrierShortages.increment();
        return false;
    }

    private boolean start(ControlBlock thread, Cpu cpu) {
        try {
            PoolCarrier carrier = new PoolCarrier("helix-carrier-" + lastNumber.incrementAndGet(), entry, this);
            carrier.assign(thread, cpu);
            starter.accept(carrier);
            return true;
        } catch (OutOfMemoryError e) {
            thread.setCarrier(null);
            LOG.debug("No Java thread for kernel thread {}", thread, e);
            return false;
        }
    }

    /**
     * The calling carrier has nothing to do: waits until it is assigned a thread.
     *
     * @return false when it is to end
     */
    boolean awaitAssignment(PoolCarrier carrier) {
        spare.addFirst(carrier);
        long deadline = System.nanoTime() + idleLimit.toNanos();
        while (!carrier.isGranted()) {
            long left = deadline - System.nanoTime();
            if (closed || left <= 0) {
                if (spare.remove(carrier)) {
                    return false;
                }
                // somebody has taken it out and is about to assign
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, left);
            }
            Thread.interrupted();
        }
        return true;
    }

    /** Called by a carrier that ends. */
    void gone() {
        count.decrementAndGet();
    }

    /** Has the spare carriers end. */
    void close() {
        closed = true;
        spare.forEach(LockSupport::unpark);
    }
}

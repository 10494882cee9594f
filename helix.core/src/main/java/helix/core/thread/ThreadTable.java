package helix.core.thread;

import helix.api.thread.ThreadId;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All kernel threads that have not ended, zombies included, and those that died while a scheduler held them, until it
 * lets go. The truth of which a scheduler's queues are a view. Thread-safe, without locks.
 */
final class ThreadTable {

    private final ConcurrentHashMap<TableKey, ControlBlock> blocks = new ConcurrentHashMap<>();
    private final AtomicLong lastNumber = new AtomicLong();
    private final AtomicLong lastOrder = new AtomicLong();

    long nextNumber() {
        return lastNumber.incrementAndGet();
    }

    /** The next {@link ControlBlock#readyOrder}. */
    long nextOrder() {
        return lastOrder.incrementAndGet();
    }

    void add(ControlBlock thread) {
        blocks.put(thread, thread);
    }

    /** Forgets a thread that is dead, unless the scheduler still holds it; then whoever takes it from there does. */
    void retire(ControlBlock thread) {
        if (!thread.isHeld()) {
            blocks.remove(thread);
        }
    }

    /** The thread of that number, {@code null} when there is none that is not dead. */
    ControlBlock find(ThreadId id) {
        ControlBlock found = blocks.get(new TableKey(id.number()));
        return found == null || found.stage() == Stage.DEAD ? null : found;
    }

    /** A live view, in no order. */
    Collection<ControlBlock> all() {
        return Collections.unmodifiableCollection(blocks.values());
    }
}

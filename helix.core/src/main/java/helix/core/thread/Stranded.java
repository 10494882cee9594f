package helix.core.thread;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Ready threads that no scheduler would take, in order of arrival. Thread-safe. */
final class Stranded {

    private final ConcurrentLinkedQueue<ControlBlock> threads = new ConcurrentLinkedQueue<>();
    private final AtomicLong size = new AtomicLong();

    void add(ControlBlock thread) {
        size.incrementAndGet();
        threads.add(thread);
    }

    /** Takes the first; {@code null} when there is none. */
    ControlBlock poll() {
        ControlBlock first = threads.poll();
        if (first != null) {
            size.decrementAndGet();
        }
        return first;
    }

    long size() {
        return size.get();
    }
}

package helix.core.slot;

import helix.api.slot.SwapReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last swaps, a bounded number. Thread-safe. */
final class History {

    private final int capacity;
    private final Deque<SwapReport> reports = new ArrayDeque<>();
    private long forgotten;

    History(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(SwapReport report) {
        if (reports.size() == capacity) {
            reports.removeFirst();
            forgotten++;
        }
        reports.addLast(report);
    }

    synchronized List<SwapReport> list() {
        return List.copyOf(reports);
    }

    synchronized long forgotten() {
        return forgotten;
    }
}

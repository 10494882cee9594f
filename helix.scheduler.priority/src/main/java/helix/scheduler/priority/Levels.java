package helix.scheduler.priority;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The ready threads: a FIFO queue per level, and a bit per level that says whether it is empty.
 *
 * <p>Levels 0 to 139 are the priorities; the one behind them holds the threads of policy IDLE. Finding the most
 * important level looks at three words. Not thread-safe: {@link PriorityScheduler} locks.
 */
final class Levels {

    /** Behind the last level; "no level". */
    static final int NONE = SchedulerState.IDLE_LEVEL + 1;

    private static final int WORDS = (NONE + Long.SIZE - 1) / Long.SIZE;

    private final List<ArrayDeque<ThreadRef>> queues = new ArrayList<>(NONE);
    private final long[] occupied = new long[WORDS];
    private int size;

    Levels() {
        for (int level = 0; level < NONE; level++) {
            queues.add(new ArrayDeque<>(0));
        }
    }

    /** Where {@code thread} belongs by its own priority and policy. */
    static int ownLevel(ThreadRef thread) {
        return thread.policy() == SchedulingPolicy.IDLE
                ? SchedulerState.IDLE_LEVEL
                : thread.priority().level();
    }

    int size() {
        return size;
    }

    void append(int level, ThreadRef thread) {
        queues.get(level).addLast(thread);
        occupied[level / Long.SIZE] |= 1L << level;
        size++;
    }

    private void removed(int level, int count) {
        size -= count;
        if (queues.get(level).isEmpty()) {
            occupied[level / Long.SIZE] &= ~(1L << level);
        }
    }

    /** The most important level that is not empty, from {@code level} on; {@link #NONE} when all are. */
    int occupiedFrom(int level) {
        int word = level / Long.SIZE;
        if (word >= WORDS) {
            return NONE;
        }
        long bits = occupied[word] & -1L << level;
        while (bits == 0) {
            word++;
            if (word == WORDS) {
                return NONE;
            }
            bits = occupied[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    /** The first thread of {@code level} that {@code cpu} may run, {@code null} if none. Drops ended ones before it. */
    ThreadRef first(int level, CpuId cpu) {
        ThreadRef head = queues.get(level).peekFirst();
        if (head == null || (head.isAlive() && head.affinity().contains(cpu))) {
            return head;
        }
        for (Iterator<ThreadRef> threads = queues.get(level).iterator(); threads.hasNext(); ) {
            ThreadRef thread = threads.next();
            if (!thread.isAlive()) {
                threads.remove();
                removed(level, 1);
            } else if (thread.affinity().contains(cpu)) {
                return thread;
            }
        }
        return null;
    }

    /** The first thread of {@code level} that is {@code wanted}, {@code null} if none. */
    ThreadRef first(int level, Predicate<ThreadRef> wanted) {
        for (ThreadRef thread : queues.get(level)) {
            if (wanted.test(thread)) {
                return thread;
            }
        }
        return null;
    }

    /** Takes {@code thread} out of {@code level}; costs what stands before it. */
    boolean remove(int level, ThreadRef thread) {
        ArrayDeque<ThreadRef> queue = queues.get(level);
        boolean removed;
        if (queue.peekFirst() == thread) {
            queue.pollFirst();
            removed = true;
        } else {
            removed = queue.removeFirstOccurrence(thread);
        }
        if (removed) {
            removed(level, 1);
        }
        return removed;
    }

    /** Takes {@code thread} out wherever it is, looking first where it belongs. */
    boolean remove(ThreadRef thread) {
        if (remove(ownLevel(thread), thread)) {
            return true;
        }
        for (int level = occupiedFrom(0); level < NONE; level = occupiedFrom(level + 1)) {
            if (remove(level, thread)) {
                return true;
            }
        }
        return false;
    }

    /** Takes {@code threads} as the queue of {@code level}, the very object; ended ones are left out. */
    void adopt(int level, ArrayDeque<ThreadRef> threads) {
        threads.removeIf(thread -> !thread.isAlive());
        size -= queues.get(level).size();
        queues.set(level, threads);
        size += threads.size();
        if (threads.isEmpty()) {
            occupied[level / Long.SIZE] &= ~(1L << level);
        } else {
            occupied[level / Long.SIZE] |= 1L << level;
        }
    }

    /** Gives all queues away that are not empty. */
    List<Queue> export() {
        List<Queue> exported = new ArrayList<>();
        for (int level = occupiedFrom(0); level < NONE; level = occupiedFrom(level + 1)) {
            exported.add(new Queue(null, level, queues.get(level)));
        }
        clear();
        return exported;
    }

    void clear() {
        for (int level = occupiedFrom(0); level < NONE; level = occupiedFrom(level + 1)) {
            adopt(level, new ArrayDeque<>(0));
        }
    }
}

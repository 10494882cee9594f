package helix.scheduler.roundrobin;

import helix.api.kernel.CpuId;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

/**
 * The run queues of all CPUs, the threads that no online CPU may run, and every move between them.
 *
 * <p><b>Shape.</b> One {@link RunQueue} per possible CPU, each with its lock, and the parked threads with theirs.
 *
 * <p><b>Ordering.</b> Locks are taken in order of CPU numbers, the parking lock last. Whoever moves a queued thread
 * holds the locks of both its places, so a thread is always found in one by whoever holds all locks. Which CPUs are
 * online changes under all locks and is checked again under the lock of the queue chosen.
 *
 * <p><b>Progress.</b> The paths of each turn hold one lock, or two to take a thread from another CPU. All locks are held
 * when a CPU goes or comes, to balance, to remove a queued thread, and once after an import.
 *
 * <p><b>After an import</b> nothing is moved until {@link #settle}, because the CPUs become known only then; and because
 * the exporter may have to take its queues back until the first thread call.
 */
final class RunQueues {

    private final RunQueue[] all = new RunQueue[CpuId.MAX_CPUS];
    private final ReentrantLock parkingLock = new ReentrantLock();
    private ArrayDeque<ThreadRef> parked = new ArrayDeque<>();

    /** Bit n stands for CPU n. Written under all locks. */
    private volatile long online;

    /** CPUs that ever had a current thread or could have had. Written under all locks. */
    private volatile long known;

    private volatile boolean unsettled;

    RunQueues() {
        for (int i = 0; i < all.length; i++) {
            all[i] = new RunQueue(i);
        }
    }

    RunQueue of(CpuId cpu) {
        return all[cpu.number()];
    }

    boolean isOnline(CpuId cpu) {
        return (online >>> cpu.number() & 1) != 0;
    }

    /** Puts a ready thread at the back of the least loaded queue it may be in; among equals the first. */
    void place(ThreadRef thread) {
        while (!tryPlace(thread, false)) {
            Thread.onSpinWait();
        }
    }

    /** @return false when the CPU chosen has gone meanwhile, or one has come */
    private boolean tryPlace(ThreadRef thread, boolean fromAnotherCpu) {
        RunQueue target = leastLoaded(online & thread.affinity().mask());
        return target == null ? park(thread) : append(target, thread, fromAnotherCpu);
    }

    private RunQueue leastLoaded(long among) {
        RunQueue best = null;
        int bestLoad = Integer.MAX_VALUE;
        for (long left = among; left != 0; left &= left - 1) {
            RunQueue queue = all[Long.numberOfTrailingZeros(left)];
            int load = queue.load();
            if (load < bestLoad) {
                best = queue;
                bestLoad = load;
            }
        }
        return best;
    }

    private boolean park(ThreadRef thread) {
        parkingLock.lock();
        try {
            if ((online & thread.affinity().mask()) != 0) {
                return false;
            }
            parked.addLast(thread);
            return true;
        } finally {
            parkingLock.unlock();
        }
    }

    private boolean append(RunQueue target, ThreadRef thread, boolean fromAnotherCpu) {
        target.lock().lock();
        try {
            if (!target.isOnline()) {
                return false;
            }
            target.append(thread);
            if (fromAnotherCpu) {
                target.countMigration();
            }
            return true;
        } finally {
            target.lock().unlock();
        }
    }

    /**
     * Takes a thread of {@code lane} that {@code thief} may run from the longest queue that has one within reach, and
     * gives it to {@code use} before the locks of both are released.
     *
     * @return the thread, {@code null} when there is none
     */
    ThreadRef steal(RunQueue thief, Lane lane, BiConsumer<RunQueue, ThreadRef> use) {
        long tried = 0;
        for (int victim = longest(thief, tried); victim >= 0; victim = longest(thief, tried)) {
            tried |= 1L << victim;
            ThreadRef stolen = stealFrom(all[victim], thief, lane, use);
            if (stolen != null) {
                return stolen;
            }
        }
        return null;
    }

    private int longest(RunQueue thief, long tried) {
        int best = -1;
        int bestLength = 0;
        for (long left = online & ~tried; left != 0; left &= left - 1) {
            int number = Long.numberOfTrailingZeros(left);
            int length = all[number].length();
            if (length > bestLength && all[number] != thief) {
                best = number;
                bestLength = length;
            }
        }
        return best;
    }

    private ThreadRef stealFrom(RunQueue victim, RunQueue thief, Lane lane, BiConsumer<RunQueue, ThreadRef> use) {
        boolean thiefFirst = thief.number() < victim.number();
        RunQueue first = thiefFirst ? thief : victim;
        RunQueue second = thiefFirst ? victim : thief;
        first.lock().lock();
        second.lock().lock();
        try {
            ThreadRef stolen = thief.isOnline() ? victim.pollFor(lane, thief) : null;
            if (stolen != null) {
                thief.countMigration();
                use.accept(thief, stolen);
            }
            return stolen;
        } finally {
            second.lock().unlock();
            first.lock().unlock();
        }
    }

    /** Moves threads of {@code queue} whose affinity has changed to where they may run. */
    void rehomeMisplaced(RunQueue queue) {
        lockAll();
        try {
            rehome(queue.drainMisplaced(), true);
        } finally {
            unlockAll();
        }
    }

    /** With all locks held, so no CPU goes or comes meanwhile and placing succeeds at once. */
    private void rehome(List<ThreadRef> threads, boolean fromACpu) {
        for (ThreadRef thread : threads) {
            tryPlace(thread, fromACpu);
        }
    }

    void online(CpuId cpu) {
        lockAll();
        try {
            of(cpu).setOnline(true);
            online |= 1L << cpu.number();
            known |= 1L << cpu.number();
            if (!unsettled) {
                rehome(takeParked(), false);
            }
        } finally {
            unlockAll();
        }
    }

    void offline(CpuId cpu) {
        lockAll();
        try {
            of(cpu).setOnline(false);
            online &= ~(1L << cpu.number());
            if (!unsettled) {
                rehome(of(cpu).drain(), true);
            }
        } finally {
            unlockAll();
        }
    }

    private List<ThreadRef> takeParked() {
        List<ThreadRef> taken = new ArrayList<>(parked);
        parked.clear();
        return taken;
    }

    /** To be called before anything is picked: spreads imported threads whose CPU is not online, or that have none. */
    void settle() {
        if (!unsettled || online == 0) {
            return;
        }
        lockAll();
        try {
            if (unsettled) {
                unsettled = false;
                rehomeOrphans();
                rehome(takeParked(), false);
            }
        } finally {
            unlockAll();
        }
    }

    private void rehomeOrphans() {
        List<ThreadRef> orphans = new ArrayList<>();
        for (RunQueue queue : all) {
            if (!queue.isOnline() && queue.length() > 0) {
                orphans.addAll(queue.drain());
            }
        }
        orphans.sort(Comparator.comparingLong(ThreadRef::readyOrder));
        rehome(orphans, true);
    }

    /** Moves ordinary threads from longer queues to shorter ones that differ by two or more. */
    void balance() {
        if (!looksUneven()) {
            return;
        }
        lockAll();
        try {
            new Balancing(onlineQueues()).run();
        } finally {
            unlockAll();
        }
    }

    private boolean looksUneven() {
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (long left = online; left != 0; left &= left - 1) {
            RunQueue queue = all[Long.numberOfTrailingZeros(left)];
            int backlog = queue.backlog();
            shortest = Math.min(shortest, backlog);
            longest = Math.max(longest, queue.length() == 0 ? 0 : backlog);
        }
        return longest - shortest >= Balancing.DIFFERENCE;
    }

    private List<RunQueue> onlineQueues() {
        List<RunQueue> queues = new ArrayList<>();
        for (RunQueue queue : all) {
            if (queue.isOnline()) {
                queues.add(queue);
            }
        }
        return queues;
    }

    /** @return whose current thread {@code thread} is, {@code null} for nobody's */
    RunQueue whereCurrent(ThreadRef thread) {
        for (long left = known; left != 0; left &= left - 1) {
            RunQueue queue = all[Long.numberOfTrailingZeros(left)];
            if (queue.isCurrent(thread)) {
                return queue;
            }
        }
        return null;
    }

    /** Takes a queued thread out, wherever it is. Linear in the number of threads queued. */
    boolean remove(ThreadRef thread) {
        lockAll();
        try {
            for (RunQueue queue : all) {
                if (queue.length() > 0 && queue.remove(thread)) {
                    return true;
                }
            }
            return parked.remove(thread);
        } finally {
            unlockAll();
        }
    }

    void lockAll() {
        for (RunQueue queue : all) {
            queue.lock().lock();
        }
        parkingLock.lock();
    }

    void unlockAll() {
        parkingLock.unlock();
        for (RunQueue queue : all) {
            queue.lock().unlock();
        }
    }

    /** All queues; with all locks held. */
    RunQueue[] all() {
        return all;
    }

    /** The threads that no CPU has; with all locks held. */
    ArrayDeque<ThreadRef> parked() {
        return parked;
    }

    /** Replaces the parked threads, and has the next turn settle everything; with all locks held. */
    void imported(ArrayDeque<ThreadRef> nowParked, long cpus) {
        parked = nowParked;
        known |= cpus;
        unsettled = true;
    }

    /** Empties the parking; with all locks held. */
    void exported() {
        parked = new ArrayDeque<>();
    }
}

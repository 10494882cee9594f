package helix.scheduler.priority;

import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadRef;
import java.util.Arrays;

/**
 * Keeps ready threads from waiting for ever behind busy, more important ones.
 *
 * <p>Once per interval of ticks the threads of policy NORMAL and BATCH that have waited longest are looked at, one per
 * online CPU. Each that has waited longer than the limit, and has something more important before it, goes to the back
 * of level {@value #TARGET}, the most important one below real time, for its next turn. Its own priority stays what it
 * is, and after that turn it is back at its own level.
 *
 * <p><b>Cost.</b> One look at the head of each level per interval: independent of the number of threads, but for threads
 * at the head of a level that do not age and are stepped over.
 *
 * <p><b>Bound.</b> A thread with r threads ready for longer than itself is at level {@value #TARGET} after at most the
 * limit and r + 1 intervals, and then runs after one turn of each thread that was there before. The price for more
 * important threads is one quantum per CPU and interval.
 *
 * <p>Real time is not held up: levels below {@value #TARGET} age nobody and are never overtaken. Neither do FIFO,
 * ROUND_ROBIN and IDLE threads age. Not thread-safe: {@link PriorityScheduler} locks.
 */
final class Ageing {

    /** Where aged threads go. */
    static final int TARGET = 100;

    private final Levels levels;
    private final Turns turns;

    /** Ticks of each CPU since the last look. */
    private final int[] ticks;

    Ageing(Levels levels, Turns turns, int cpus) {
        this.levels = levels;
        this.turns = turns;
        this.ticks = new int[cpus];
    }

    /** Counts a tick of one CPU; looks for threads when that CPU has seen {@code settings.ageingInterval()} of them. */
    void tick(int cpu, long nowNs, int cpusOnline, PrioritySettings settings) {
        ticks[cpu]++;
        if (ticks[cpu] < settings.ageingInterval()) {
            return;
        }
        Arrays.fill(ticks, 0);
        int left = cpusOnline;
        while (left > 0 && ageOne(nowNs, settings.ageingAfterNs())) {
            left--;
        }
    }

    private boolean ageOne(long nowNs, long limitNs) {
        int top = Math.min(levels.occupiedFrom(0), turns.topLevel());
        ThreadRef oldest = null;
        int from = Levels.NONE;
        for (int level = levels.occupiedFrom(Math.max(TARGET, top) + 1);
                level < Priority.LEVELS;
                level = levels.occupiedFrom(level + 1)) {
            ThreadRef head = levels.first(level, Ageing::mayAge);
            if (head != null && (oldest == null || head.readySinceNs() - oldest.readySinceNs() < 0)) {
                oldest = head;
                from = level;
            }
        }
        if (oldest == null || nowNs - oldest.readySinceNs() <= limitNs) {
            return false;
        }
        levels.remove(from, oldest);
        levels.append(TARGET, oldest);
        return true;
    }

    private static boolean mayAge(ThreadRef thread) {
        SchedulingPolicy policy = thread.policy();
        return thread.isAlive() && (policy == SchedulingPolicy.NORMAL || policy == SchedulingPolicy.BATCH);
    }
}

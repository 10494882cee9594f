package helix.scheduler.priority;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulerState.Current;
import helix.api.scheduler.SchedulingDecision;
import helix.api.thread.ThreadRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Who runs on which CPU, as what and until when. Not thread-safe: {@link PriorityScheduler} locks. */
final class Turns {

    private final ThreadRef[] current = new ThreadRef[CpuId.MAX_CPUS];
    private final int[] level = new int[CpuId.MAX_CPUS];
    private final long[] sinceNs = new long[CpuId.MAX_CPUS];
    private final long[] quantumEndNs = new long[CpuId.MAX_CPUS];

    /** CPUs that have a current thread; bit n stands for CPU n. */
    private long running;

    ThreadRef current(CpuId cpu) {
        return current[cpu.number()];
    }

    /** The level from which the current thread was picked: its own, or a more important one to which it had aged. */
    int level(CpuId cpu) {
        return level[cpu.number()];
    }

    int running() {
        return Long.bitCount(running);
    }

    void begin(CpuId cpu, ThreadRef thread, int atLevel, long nowNs, long quantumNs) {
        int number = cpu.number();
        current[number] = thread;
        running |= 1L << number;
        sinceNs[number] = nowNs;
        renew(cpu, atLevel, nowNs, quantumNs);
    }

    /** The current thread gets another quantum, at {@code atLevel}. */
    void renew(CpuId cpu, int atLevel, long nowNs, long quantumNs) {
        level[cpu.number()] = atLevel;
        quantumEndNs[cpu.number()] =
                quantumNs == SchedulingDecision.UNLIMITED ? SchedulingDecision.UNLIMITED : nowNs + quantumNs;
    }

    boolean isUsedUp(CpuId cpu, long nowNs) {
        long endNs = quantumEndNs[cpu.number()];
        return endNs != SchedulingDecision.UNLIMITED && nowNs - endNs >= 0;
    }

    /** True when the quantum of the current thread never ends. */
    boolean isEndless(CpuId cpu) {
        return quantumEndNs[cpu.number()] == SchedulingDecision.UNLIMITED;
    }

    void end(CpuId cpu) {
        current[cpu.number()] = null;
        running &= ~(1L << cpu.number());
    }

    /** Ends the turn of {@code thread}, wherever it runs. */
    boolean end(ThreadRef thread) {
        for (long left = running; left != 0; left &= left - 1) {
            int number = Long.numberOfTrailingZeros(left);
            if (current[number] == thread) {
                current[number] = null;
                running &= ~(1L << number);
                return true;
            }
        }
        return false;
    }

    /** The most important level that runs, {@link Levels#NONE} when nothing does. */
    int topLevel() {
        int top = Levels.NONE;
        for (long left = running; left != 0; left &= left - 1) {
            top = Math.min(top, level[Long.numberOfTrailingZeros(left)]);
        }
        return top;
    }

    List<Current> export() {
        List<Current> exported = new ArrayList<>();
        for (long left = running; left != 0; left &= left - 1) {
            int number = Long.numberOfTrailingZeros(left);
            exported.add(new Current(new CpuId(number), current[number], sinceNs[number], quantumEndNs[number]));
        }
        clear();
        return exported;
    }

    void clear() {
        Arrays.fill(current, null);
        running = 0;
    }

    /** Goes on with a turn begun under another scheduler, at the thread's own level. */
    void adopt(Current turn) {
        int number = turn.cpu().number();
        current[number] = turn.thread();
        running |= 1L << number;
        level[number] = Levels.ownLevel(turn.thread());
        sinceNs[number] = turn.sinceNs();
        quantumEndNs[number] = turn.quantumEndNs();
    }
}

package helix.core.thread;

import helix.api.kernel.CpuId;
import helix.api.thread.SwitchHook;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch hooks in order of ranking, highest first. A switch reads one array; without hooks that is all it costs.
 * Thread-safe. What a hook throws is counted and logged once per hook.
 */
final class Hooks {

    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);
    private static final Entry[] NONE = {};

    private record Entry(SwitchHook hook, int ranking, AtomicBoolean complained) {}

    private final Counters counters;
    private volatile Entry[] entries = NONE;

    Hooks(Counters counters) {
        this.counters = counters;
    }

    synchronized void add(SwitchHook hook, int ranking) {
        Entry[] next = Arrays.copyOf(entries, entries.length + 1);
        next[entries.length] = new Entry(hook, ranking, new AtomicBoolean());
        Arrays.sort(next, Comparator.comparingInt(Entry::ranking).reversed());
        entries = next;
    }

    synchronized void remove(SwitchHook hook) {
        entries = Arrays.stream(entries).filter(entry -> entry.hook() != hook).toArray(Entry[]::new);
    }

    void before(Cpu cpu, ControlBlock from, ControlBlock to, SwitchReason reason) {
        Entry[] all = entries;
        if (all.length > 0) {
            callAll(all, true, cpu.id(), idOf(from), idOf(to), reason);
        }
    }

    void after(Cpu cpu, ControlBlock from, ControlBlock to, SwitchReason reason) {
        Entry[] all = entries;
        if (all.length > 0) {
            callAll(all, false, cpu.id(), idOf(from), idOf(to), reason);
        }
    }

    private static ThreadId idOf(ControlBlock thread) {
        return thread == null ? null : thread.id();
    }

    private void callAll(Entry[] all, boolean before, CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
        for (Entry entry : all) {
            try {
                if (before) {
                    entry.hook().beforeSwitch(cpu, from, to, reason);
                } else {
                    entry.hook().afterSwitch(cpu, from, to, reason);
                }
            } catch (Throwable e) {
                counters.hookFaults.increment();
                if (entry.complained().compareAndSet(false, true)) {
                    LOG.warn("Switch hook {} failed; its further failures are only counted", entry.hook(), e);
                }
            }
        }
    }
}

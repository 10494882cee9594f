package helix.core.thread;

import java.util.Comparator;
import java.util.Iterator;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * Sleeping threads by the moment at which they are due. Thread-safe, without locks; the tick takes out whom it wakes,
 * everybody else takes itself out.
 */
final class Sleepers {

    /** One sleep of one thread. */
    record Nap(long dueNs, ControlBlock thread) {}

    private final ConcurrentSkipListSet<Nap> naps = new ConcurrentSkipListSet<>(Comparator.comparingLong(Nap::dueNs)
            .thenComparingLong(nap -> nap.thread().number()));

    /** Called before the thread becomes SLEEPING; whoever does so looks at the clock again afterwards. */
    void add(Nap nap) {
        naps.add(nap);
    }

    void remove(Nap nap) {
        naps.remove(nap);
    }

    /** Wakes everybody who is due. One who is not asleep yet stays: it will see that it is late. */
    void wakeDue(long nowNs, ContextSwitcher switcher) {
        for (Iterator<Nap> due = naps.iterator(); due.hasNext(); ) {
            Nap nap = due.next();
            if (nap.dueNs() > nowNs) {
                return;
            }
            if (switcher.makeReady(nap.thread(), Stage.SLEEPING, WakeCause.DUE)) {
                due.remove();
            }
        }
    }
}

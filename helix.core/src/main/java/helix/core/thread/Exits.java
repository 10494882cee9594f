package helix.core.thread;

import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends of threads: who becomes a zombie, who is forgotten, who is told. Thread-safe. Only threads that can
 * be joined meet the lock.
 */
final class Exits {

    private static final Logger LOG = LoggerFactory.getLogger(Exits.class);

    private final ThreadTable table;
    private final int maxZombies;
    private final Set<ControlBlock> zombies = new LinkedHashSet<>();

    Exits(ThreadTable table, int maxZombies) {
        this.table = table;
        this.maxZombies = maxZombies;
    }

    /** A running thread has ended. Called on its carrier. */
    void ended(ControlBlock thread, Throwable failure) {
        if (thread.isJoinable()) {
            thread.become(Stage.ZOMBIE);
            keep(thread);
        } else {
            thread.become(Stage.DEAD);
            table.retire(thread);
        }
        thread.awaitInterrupters();
        thread.setCarrier(null);
        tell(thread, failure);
    }

    /** A thread was cancelled before it ever ran; nobody is told. */
    void forget(ControlBlock thread) {
        table.retire(thread);
    }

    /** A thread was killed before it ever ran. */
    void endedFresh(ControlBlock thread) {
        table.retire(thread);
        tell(thread, new ThreadKilled(thread.name()));
    }

    private static void tell(ControlBlock thread, Throwable failure) {
        try {
            thread.ended(failure);
        } catch (Throwable e) {
            LOG.error("Telling of the end of thread {} failed", thread, e);
        }
    }

    private void keep(ControlBlock thread) {
        ControlBlock oldest = null;
        synchronized (zombies) {
            zombies.add(thread);
            if (zombies.size() > maxZombies) {
                oldest = zombies.iterator().next();
            }
        }
        if (oldest != null) {
            reap(oldest);
        }
    }

    /** The exit value of a thread has been taken, or will not be. No effect on a thread that is no zombie. */
    void reap(ControlBlock thread) {
        if (thread.stage() == Stage.ZOMBIE && thread.tryBecome(Stage.ZOMBIE, Stage.DEAD)) {
            synchronized (zombies) {
                zombies.remove(thread);
            }
            table.retire(thread);
        }
    }
}

package helix.core.slot;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes an instance of a candidate on a thread that may be left behind: an instance that comes after it was given up
 * is given back at once, so that none is left without an owner. Thread-safe; used once.
 */
final class Taking implements Callable<Occupant> {

    private final Candidate candidate;
    private final AtomicBoolean decided = new AtomicBoolean();
    private volatile Occupant taken;

    Taking(Candidate candidate) {
        this.candidate = candidate;
    }

    @Override
    public Occupant call() {
        Occupant made = Occupant.take(candidate);
        taken = made;
        if (!decided.compareAndSet(false, true)) {
            made.release();
            throw new CancellationException(made.id() + " was made too late");
        }
        return made;
    }

    /** Nobody waits for the instance any more. */
    void giveUp() {
        if (!decided.compareAndSet(false, true)) {
            taken.release();
        }
    }
}

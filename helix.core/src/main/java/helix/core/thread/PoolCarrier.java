package helix.core.thread;

/** A carrier that goes from thread to thread. */
final class PoolCarrier extends Carrier {

    private final Carriers pool;
    private ControlBlock assigned;

    PoolCarrier(String name, KernelEntry entry, Carriers pool) {
        super(name, entry);
        this.pool = pool;
    }

    /** Gives a spare or unstarted carrier its next thread. The caller starts or unparks it. */
    void assign(ControlBlock next, Cpu on) {
        next.setCarrier(this);
        assigned = next;
        grant(on);
    }

    @Override
    public void run() {
        try {
            do {
                takeGrant();
                take(assigned);
                assigned = null;
                carryAll();
            } while (pool.awaitAssignment(this));
        } finally {
            pool.gone();
        }
    }

    /** Runs its thread to the end, and all those that start on the CPU after it. */
    private void carryAll() {
        ControlBlock next;
        do {
            refresh();
            Throwable failure = carry();
            next = entry().end(this, failure);
            if (next != null && next.carrier() == null) {
                take(next);
            } else if (next != null) {
                handOn(next);
                next = null;
            }
        } while (next != null);
    }

    /** Makes it as a new Java thread would be. */
    private void refresh() {
        Thread.interrupted();
        if (getContextClassLoader() != ClassLoader.getSystemClassLoader()) {
            setContextClassLoader(ClassLoader.getSystemClassLoader());
        }
    }

    private void take(ControlBlock next) {
        next.setCarrier(this);
        setThread(next);
    }
}

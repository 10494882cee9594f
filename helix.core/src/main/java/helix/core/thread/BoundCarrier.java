package helix.core.thread;

/** A Java thread that is one kernel thread and nothing else: what the thread factory makes. */
final class BoundCarrier extends Carrier {

    private final ControlBlock own;

    BoundCarrier(ControlBlock own, KernelEntry entry) {
        super(own.name(), entry);
        this.own = own;
    }

    /**
     * Waits for its first CPU, runs, and leaves the CPU to others. What its maker did to the Java thread before the first
     * turn stays: an interrupt, a class loader.
     */
    @Override
    public void run() {
        own.setCarrier(this);
        setThread(own);
        if (!entry().begin(own)) {
            setThread(null);
            return;
        }
        awaitGrant();
        Throwable failure = carry();
        ControlBlock next = entry().end(this, failure);
        if (next != null) {
            handOn(next);
        }
        if (failure != null && !(failure instanceof ThreadKilled)) {
            getUncaughtExceptionHandler().uncaughtException(this, failure);
        }
    }
}

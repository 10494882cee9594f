package helix.core.thread;

/**
 * What one thread does to another: wake, stop, let go on, kill, interrupt. Each leaves its mark first and looks at the
 * stage after; see {@link ContextSwitcher} for the other half. Thread-safe.
 */
final class Steering {

    private final ContextSwitcher switcher;
    private final SchedulerPort port;
    private final Exits exits;

    Steering(ContextSwitcher switcher, SchedulerPort port, Exits exits) {
        this.switcher = switcher;
        this.port = port;
        this.exits = exits;
    }

    /**
     * Ends a block or sleep, or leaves a permit for the next block. Only who takes the permit out again
     * wakes, so that one call never ends two waits.
     */
    void wake(ControlBlock thread) {
        thread.givePermit();
        Stage stage = thread.stage();
        while ((stage == Stage.BLOCKED || stage == Stage.SLEEPING) && thread.takePermit()) {
            if (switcher.makeReady(thread, stage, WakeCause.WAKE)) {
                return;
            }
            thread.givePermit();
            stage = thread.stage();
        }
    }

    /** Has it held at its next kernel exit. One that waits comes there when its wait is over. */
    void stop(ControlBlock thread) {
        thread.setPending(ControlBlock.STOP);
    }

    void resume(ControlBlock thread) {
        thread.clearPending(ControlBlock.STOP);
        switcher.makeReady(thread, Stage.STOPPED, WakeCause.RESUME);
    }

    void kill(ControlBlock thread) {
        thread.setPending(ControlBlock.KILL);
        boolean done = false;
        while (!done) {
            Stage stage = thread.stage();
            done = switch (stage) {
                case CREATING, FRESH -> killFresh(thread, stage);
                case BLOCKED, SLEEPING, STOPPED -> switcher.makeReady(thread, stage, WakeCause.KILL);
                case READY, RUNNING, OUTSIDE -> {
                    thread.interruptCarrier();
                    yield true;
                }
                case ZOMBIE, DEAD -> true;
            };
        }
    }

    private boolean killFresh(ControlBlock thread, Stage from) {
        boolean killed = thread.tryBecome(from, Stage.DEAD);
        if (killed) {
            port.withdraw(thread);
            exits.endedFresh(thread);
        }
        return killed;
    }

    /** Ends a thread that never ran, leaving it to the scheduler to stumble over it. */
    boolean cancelFresh(ControlBlock thread) {
        Stage stage = thread.stage();
        boolean cancelled = (stage == Stage.CREATING || stage == Stage.FRESH) && thread.tryBecome(stage, Stage.DEAD);
        if (cancelled) {
            port.abandon(thread);
            exits.forget(thread);
        }
        return cancelled;
    }
}

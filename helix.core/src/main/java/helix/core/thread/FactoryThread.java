package helix.core.thread;

import helix.api.thread.ThreadOptions;

/** The kernel thread under a Java thread of the thread factory. Joined through that Java thread. */
final class FactoryThread extends ControlBlock {

    private final Runnable target;

    FactoryThread(long number, ThreadOptions options, Runnable target) {
        super(number, options);
        this.target = target;
    }

    @Override
    void body() {
        target.run();
    }

    @Override
    boolean isJoinable() {
        return false;
    }

    @Override
    void ended(Throwable failure) {
        // the Java thread reports what was thrown, and ends
    }
}

package helix.core.thread;

/**
 * Unwinds a thread that was told to end. An Error, so that code which handles its failures does not take it for one of
 * them; it never leaves the kernel, joiners see a {@code KernelException} KILLED.
 */
final class ThreadKilled extends Error {

    private static final long serialVersionUID = 1L;

    ThreadKilled(String threadName) {
        super("thread '" + threadName + "' was killed", null, false, false);
    }
}

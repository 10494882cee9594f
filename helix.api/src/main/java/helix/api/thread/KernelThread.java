package helix.api.thread;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** A handle on a spawned kernel thread. Thread-safe. */
@ProviderType
public interface KernelThread<V> {

    ThreadId id();

    ThreadState state();

    /**
     * Waits for the thread to end and takes its exit value; the thread is DEAD afterwards. Any number of callers may
     * join. A kernel thread that joins gives its CPU up meanwhile.
     *
     * @param limit how long to wait
     * @return what the thread's body returned, or empty when the limit passed or the body returned {@code null}; ask
     *     {@link #state()} to tell these apart
     * @throws java.util.concurrent.CompletionException with what the body threw; with a
     *     {@link helix.api.kernel.KernelException} KILLED when it was killed
     * @throws InterruptedException when the joiner is interrupted
     */
    Optional<V> join(Duration limit) throws InterruptedException;

    /**
     * Ends the thread. One that has not run yet never will. A running one is interrupted and ends at its next kernel
     * entry; code that enters the kernel never again runs on. No effect on a thread that has ended.
     */
    void kill();
}

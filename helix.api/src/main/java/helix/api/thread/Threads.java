package helix.api.thread;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes, lists and steers kernel threads. Every method that a kernel thread calls here is a <em>kernel entry</em>: a
 * point where an expired quantum, a pending kill or a lost CPU takes effect. Thread-safe.
 *
 * <p>Methods about "the calling thread" do the plain thing for a Java thread that is no kernel thread, or nothing where
 * there is no plain thing, as each says.
 */
@ProviderType
public interface Threads {

    /**
     * Makes a kernel thread and gives it to the scheduler.
     *
     * @throws helix.api.kernel.KernelException NOT_SUPPORTED when the scheduler does not admit the policy asked for;
     *     INVALID_ARGUMENT when the affinity names no CPU of this kernel
     */
    <V> KernelThread<V> spawn(ThreadOptions options, Callable<V> body);

    /**
     * A factory of Java threads that are kernel threads: each gets a Java thread of its own at {@code newThread}, and
     * waits for a CPU after {@code start}.
     */
    ThreadFactory factory(ThreadOptions options);

    /** All threads that are not DEAD, in order of their numbers. */
    List<ThreadView> list();

    /**
     * The first threads of {@link #list()}, for callers that show some of very many.
     *
     * @param limit how many at most, from 0
     */
    List<ThreadView> list(int limit);

    /** The sums over all threads. */
    MachineView machine();

    /** The calling kernel thread; empty for any other Java thread. */
    Optional<ThreadId> current();

    /** Offers the CPU to others. {@link Thread#yield()} for other Java threads. */
    void yield();

    /** Does nothing but enter the kernel, so that a long computation can be preempted. */
    void checkpoint();

    /**
     * Blocks the calling kernel thread until {@link #wake}. A wake that came before is used up at once; wakes do not
     * add up.
     *
     * @throws helix.api.kernel.KernelException INVALID_STATE when the caller is no kernel thread
     */
    void block(BlockReason reason);

    /**
     * Wakes a thread out of {@link #block} or {@link #sleep}, or lets its next {@link #block} return at once.
     *
     * @return false when there is no such thread
     */
    boolean wake(ThreadId thread);

    /**
     * Sleeps for at least {@code duration}, at the grain of the kernel tick; ends early on {@link #wake}.
     * {@link Thread#sleep} for other Java threads.
     *
     * @throws InterruptedException when the thread is interrupted
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Runs {@code body}, which may block outside the kernel, without holding the CPU meanwhile. Just runs it for other
     * Java threads.
     *
     * @throws Exception what the body throws
     */
    <V> V blocking(Callable<V> body) throws Exception;

    /**
     * Holds a thread at its next kernel entry; one that waits is held when its wait has ended.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND
     */
    void stop(ThreadId thread);

    /**
     * Lets a stopped thread go on; no effect on any other.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND
     */
    void resume(ThreadId thread);

    /**
     * Ends a thread, as {@link KernelThread#kill} does. The thread unwinds from its next kernel entry by an {@link Error}
     * that its code is not to catch; joiners see KILLED.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND
     */
    void kill(ThreadId thread);

    /**
     * Changes the importance of a thread from its next turn on.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND
     */
    void setPriority(ThreadId thread, Priority priority);
}

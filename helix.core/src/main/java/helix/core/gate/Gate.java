package helix.core.gate;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.stream.Stream;

/**
 * The read side of a slot: every call passes it, and one swapper at a time closes it.
 *
 * <p><b>Shape.</b> One volatile target, the occupant or a {@link Forwarder}, and a {@link DepthWord} for each thread that
 * ever called. {@link GateThread}s find their word in a field, other platform threads in a table, virtual threads in a
 * thread-local.
 *
 * <p><b>Ordering.</b> A caller raises its word, fences, and reads the target; a swapper writes the target, fences, and
 * reads the words. So each caller is seen by the drain or sees the forwarder. What callers did in the old occupant
 * happens-before a drain that found it empty; what the swapper did before {@link #open} happens-before every call that
 * sees the new target.
 *
 * <p><b>Progress.</b> Calls never wait for each other and take no lock. At a closed gate a call from within a call goes
 * on to the old occupant, so that draining cannot wait for itself; any other waits as {@link Forwarder} says.
 *
 * <p><b>Source.</b> Quiescence by counting calls: Soules et al., <i>System Support for Online Reconfiguration</i>, USENIX
 * ATC 2003; the depth word is a per-thread reference count as in Hart et al., <i>Performance of memory reclamation for
 * lockless synchronization</i>, 2007.
 */
public final class Gate {

    private final int index;
    private final WaitRule rule;
    private final WordTable words = new WordTable();
    private final Stripes stripes = new Stripes();
    private final ThreadLocal<DepthWord> virtualWords =
            ThreadLocal.withInitial(() -> DepthWord.ofVirtualThread(Thread.currentThread(), stripes()));

    private volatile Object target;

    /**
     * A gate with nothing behind it: calls fail until it is opened.
     *
     * @param index where {@link GateThread}s keep their words of it: small, and its own among the gates they call through
     */
    public Gate(int index, WaitRule rule) {
        this.index = index;
        this.rule = rule;
        this.target = Forwarder.holding(System.nanoTime(), rule);
    }

    private Stripes stripes() {
        return stripes;
    }

    // ---- callers

    /** The calling thread's word. */
    public DepthWord word() {
        Thread thread = Thread.currentThread();
        if (thread instanceof GateThread own) {
            DepthWord word = own.word(index);
            return word != null ? word : addTo(own);
        }
        if (ThreadKind.isVirtual(thread)) {
            return virtualWords.get();
        }
        DepthWord word = words.find(thread);
        return word != null ? word : words.add(thread);
    }

    private DepthWord addTo(GateThread own) {
        DepthWord word = words.add(own);
        own.keep(index, word);
        return word;
    }

    /**
     * Begins a call. Whatever happens, {@code word.lower(depth)} follows.
     *
     * @param word the calling thread's word
     * @param depth its depth before
     * @return who serves the call
     * @throws helix.api.slot.SlotUnavailableException when nobody does, or the caller must not wait
     */
    public Object enter(DepthWord word, int depth) {
        word.raise(depth + 1);
        Object seen = target;
        return seen instanceof Forwarder closed ? detour(closed, word, depth) : seen;
    }

    private Object detour(Forwarder first, DepthWord word, int depth) {
        Forwarder closed = first;
        while (true) {
            if (depth > 0 && closed.old() != null) {
                return closed.old();
            }
            word.lower(depth);
            closed.await();
            word.raise(depth + 1);
            Object seen = target;
            if (!(seen instanceof Forwarder next)) {
                return seen;
            }
            closed = next;
        }
    }

    /** As {@link #enter}, but returns {@code null}, having entered nothing, where that would wait or fail. */
    public Object tryEnter(DepthWord word, int depth) {
        word.raise(depth + 1);
        Object seen = target;
        if (!(seen instanceof Forwarder closed)) {
            return seen;
        }
        if (depth > 0 && closed.old() != null) {
            return closed.old();
        }
        word.lower(depth);
        return null;
    }

    // ---- the swapper

    /** Closes the gate; nested calls go on to {@code old}. */
    public Forwarder close(Object old) {
        return show(Forwarder.closing(old, rule));
    }

    /** Shows that nothing serves; callers wait for a successor until {@code deadlineNs} of {@link System#nanoTime}. */
    public Forwarder hold(long deadlineNs) {
        return show(Forwarder.holding(deadlineNs, rule));
    }

    private Forwarder show(Forwarder forwarder) {
        Object before = target;
        target = forwarder;
        VarHandle.fullFence();
        if (before instanceof Forwarder closed) {
            closed.release();
        }
        return forwarder;
    }

    /** Lets calls through to {@code occupant}, those that wait first of all. */
    public void open(Object occupant) {
        Object before = target;
        target = occupant;
        if (before instanceof Forwarder closed) {
            closed.release();
        }
    }

    /** Whether no call is inside, the calling thread's own not counted. Meaningful while the gate is closed. */
    public boolean isDrained() {
        DepthWord own = ownWord();
        return words.isEmptyBut(own) && stripes.inside() == countedInStripes(own);
    }

    /** Begins to wait for the calls that are inside now, the calling thread's own not counted. */
    public GracePeriod graceBegins() {
        VarHandle.fullFence();
        return new GracePeriod(words.inside(ownWord()), stripes);
    }

    /** Calls inside now; nested ones count once, the calling thread's own not at all. */
    public int callsInFlight() {
        DepthWord own = ownWord();
        return words.inside(own).size() + stripes.inside() - countedInStripes(own);
    }

    /** Whether the calling thread is inside. */
    public boolean isInside() {
        DepthWord own = ownWord();
        return own != null && own.depth() > 0;
    }

    /** The threads whose calls are inside; virtual ones cannot be told. */
    public List<Thread> threadsInside() {
        return words.inside(ownWord()).stream()
                .map(DepthWord::get)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static int countedInStripes(DepthWord own) {
        return own != null && own.isCountedInStripes() && own.depth() > 0 ? 1 : 0;
    }

    private DepthWord ownWord() {
        Thread thread = Thread.currentThread();
        return ThreadKind.isVirtual(thread) ? virtualWords.get() : words.find(thread);
    }
}

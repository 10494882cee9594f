package helix.api.scheduler;

import helix.api.thread.ThreadRef;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Remembers which threads were seen, by their numbers. These are dense in practice, so a bit for each will do, and a
 * million threads are checked in milliseconds; numbers far apart go into a set.
 */
final class ThreadMarks {

    /** Bits spent per thread before numbers count as far apart. */
    private static final long BITS_PER_THREAD = 64;

    private static final long BITS_ALWAYS = 1 << 16;

    private final long lowest;
    private final BitSet near = new BitSet();
    private final Set<Long> far = new HashSet<>();
    private final long nearEnd;

    /**
     * @param lowest the smallest number to come
     * @param expected how many threads are to come
     */
    ThreadMarks(long lowest, int expected) {
        this.lowest = lowest;
        this.nearEnd = Math.min(Integer.MAX_VALUE - 1L, BITS_ALWAYS + BITS_PER_THREAD * expected);
    }

    /** @return false when {@code thread} was marked before */
    boolean mark(ThreadRef thread) {
        long distance = thread.id().number() - lowest;
        if (distance < 0 || distance >= nearEnd) {
            return far.add(thread.id().number());
        }
        int bit = (int) distance;
        boolean isNew = !near.get(bit);
        near.set(bit);
        return isNew;
    }
}

package helix.core.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The depth words of one gate, found by owner.
 *
 * <p><b>Shape.</b> An open-addressed array, replaced as a whole when a thread calls for the first time; words of threads
 * that are gone are left out then. Lookup reads one array and compares owners; nothing is ever locked.
 *
 * <p><b>Ordering.</b> A word is in the array before it is raised for the first time. A drain that reads the array after
 * it closed the gate therefore finds every word whose owner did not see the gate closed.
 */
final class WordTable {

    private final AtomicReference<DepthWord[]> table = new AtomicReference<>(new DepthWord[16]);

    /** The word of {@code thread}, or {@code null} when it has none. */
    DepthWord find(Thread thread) {
        DepthWord[] words = table.get();
        int mask = words.length - 1;
        for (int i = slotOf(thread, mask); ; i = i + 1 & mask) {
            DepthWord word = words[i];
            if (word == null || word.refersTo(thread)) {
                return word;
            }
        }
    }

    /** Adds a word for {@code thread}, which has none and is the caller. */
    DepthWord add(Thread thread) {
        DepthWord word = DepthWord.ofPlatformThread(thread);
        DepthWord[] before;
        DepthWord[] after;
        do {
            before = table.get();
            after = with(before, word);
        } while (!table.compareAndSet(before, after));
        return word;
    }

    List<DepthWord> inside(DepthWord except) {
        List<DepthWord> inside = new ArrayList<>();
        for (DepthWord word : table.get()) {
            if (word != null && word != except && word.isInside()) {
                inside.add(word);
            }
        }
        return inside;
    }

    boolean isEmptyBut(DepthWord except) {
        for (DepthWord word : table.get()) {
            if (word != null && word != except && word.isInside()) {
                return false;
            }
        }
        return true;
    }

    private static DepthWord[] with(DepthWord[] words, DepthWord added) {
        List<DepthWord> kept = new ArrayList<>();
        kept.add(added);
        List<Thread> owners = new ArrayList<>();
        owners.add(added.get());
        for (DepthWord word : words) {
            Thread owner = word == null ? null : word.get();
            if (owner != null && owner.isAlive()) {
                kept.add(word);
                owners.add(owner);
            }
        }
        DepthWord[] copy = new DepthWord[Math.max(16, Integer.highestOneBit(kept.size()) * 4)];
        for (int i = 0; i < kept.size(); i++) {
            place(copy, kept.get(i), owners.get(i));
        }
        return copy;
    }

    private static void place(DepthWord[] words, DepthWord word, Thread owner) {
        int mask = words.length - 1;
        int i = slotOf(owner, mask);
        while (words[i] != null) {
            i = i + 1 & mask;
        }
        words[i] = word;
    }

    private static int slotOf(Thread thread, int mask) {
        int hash = System.identityHashCode(thread);
        return (hash ^ hash >>> 16) & mask;
    }
}

package helix.core.gate;

import java.util.Arrays;

/**
 * A Java thread that carries its depth words in a field, so that it finds the one of a gate by an array access. Only
 * the thread itself touches them here; gates reach the words through their own tables.
 */
public abstract class GateThread extends Thread {

    private DepthWord[] words = new DepthWord[4];

    /** A thread that runs its own {@code run} and inherits no thread-locals from whoever happens to make it. */
    protected GateThread(String name) {
        super(null, null, name, 0, false);
    }

    /** This thread's word of gate {@code index}, or {@code null}. Called on this thread. */
    final DepthWord word(int index) {
        return index < words.length ? words[index] : null;
    }

    /** Remembers this thread's word of gate {@code index}. Called on this thread. */
    final void keep(int index, DepthWord word) {
        if (index >= words.length) {
            words = Arrays.copyOf(words, Math.max(index + 1, words.length * 2));
        }
        words[index] = word;
    }
}

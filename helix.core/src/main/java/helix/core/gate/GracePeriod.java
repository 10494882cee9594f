package helix.core.gate;

import java.util.List;

/**
 * The time until every call that was inside a gate at one moment has left, while new calls come and go: a grace period in
 * the sense of read-copy-update. Used by one thread.
 *
 * <p>Virtual threads have no words to be told apart by; with some inside, the period ends at a moment without any.
 */
public final class GracePeriod {

    private final List<DepthWord> inside;
    private final int[] visits;
    private final Stripes stripes;
    private boolean virtualsLeft;

    GracePeriod(List<DepthWord> inside, Stripes stripes) {
        this.inside = inside;
        this.visits = inside.stream().mapToInt(DepthWord::visits).toArray();
        this.stripes = stripes;
        this.virtualsLeft = stripes.inside() == 0;
    }

    /** Whether all have left. */
    public boolean isOver() {
        virtualsLeft = virtualsLeft || stripes.inside() == 0;
        if (!virtualsLeft) {
            return false;
        }
        for (int i = 0; i < visits.length; i++) {
            if (inside.get(i).isInside() && inside.get(i).visits() == visits[i]) {
                return false;
            }
        }
        return true;
    }
}

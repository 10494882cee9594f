package helix.core.slot;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.stream.Stream;

/** A state that cannot be looked through, because its owner has not come to rest. */
final class UnreadableList extends ArrayList<Object> {

    private static final long serialVersionUID = 1L;

    @Override
    public Stream<Object> stream() {
        throw new ConcurrentModificationException("still changing");
    }
}

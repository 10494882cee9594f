package helix.scheduler.roundrobin;

import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One attempt to even out run queues, with all of them locked.
 *
 * <p>From each queue, the longest first, those threads move that wait longest for their turn there, that is the last
 * ones, as long as a shorter queue that may have them differs by {@value #DIFFERENCE} or more. They keep their order. A
 * running thread is in no queue, so it never moves. A queue behind a FIFO thread, whose turn need not end, counts as
 * longer than any other, so whoever may leave it does. Each queue is walked once.
 */
final class Balancing {

    /** Smaller differences are left alone: moving a thread would only turn them round. */
    static final int DIFFERENCE = 2;

    private record Move(ThreadRef thread, RunQueue to) {}

    private final List<RunQueue> queues;
    private final Map<RunQueue, Integer> lengths = new HashMap<>();

    Balancing(List<RunQueue> queues) {
        this.queues = queues;
        queues.forEach(queue -> lengths.put(queue, queue.ordinaryBacklog()));
    }

    void run() {
        queues.stream()
                .sorted((a, b) -> Integer.compare(lengths.get(b), lengths.get(a)))
                .forEach(this::relieve);
    }

    private void relieve(RunQueue source) {
        Deque<Move> moves = new ArrayDeque<>();
        Iterator<ThreadRef> threads = source.fromTheBack();
        while (threads.hasNext() && lengths.get(source) - shortest() >= DIFFERENCE) {
            ThreadRef thread = threads.next();
            RunQueue target = shortestFor(thread);
            if (target != null && lengths.get(source) - lengths.get(target) >= DIFFERENCE) {
                threads.remove();
                moves.push(new Move(thread, target));
                lengths.merge(source, -1, Integer::sum);
                lengths.merge(target, 1, Integer::sum);
            }
        }
        source.changed();
        moves.forEach(move -> {
            move.to().append(move.thread());
            move.to().countMigration();
        });
    }

    private int shortest() {
        int shortest = Integer.MAX_VALUE;
        for (RunQueue queue : queues) {
            shortest = Math.min(shortest, lengths.get(queue));
        }
        return shortest;
    }

    private RunQueue shortestFor(ThreadRef thread) {
        RunQueue best = null;
        for (RunQueue queue : queues) {
            if (queue.mayRun(thread) && (best == null || lengths.get(queue) < lengths.get(best))) {
                best = queue;
            }
        }
        return best;
    }
}

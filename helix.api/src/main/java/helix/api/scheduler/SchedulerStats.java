package helix.api.scheduler;

/**
 * What a scheduler holds and has done. Counters go on through swaps that carry state.
 *
 * @param ready living threads queued now; exact when no other call is under way
 * @param running CPUs whose current thread is known to the policy
 * @param switches threads picked
 * @param yields turns ended by their own thread
 * @param preemptions turns ended by a tick
 * @param blocks turns ended by waiting
 * @param migrations threads moved from one CPU's queue to another's
 */
public record SchedulerStats(
        int ready, int running, long switches, long yields, long preemptions, long blocks, long migrations) {}

package helix.scheduler.roundrobin;

import helix.api.scheduler.SchedulerState;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadRef;

/** The two queues of a CPU: the second is looked at when the first is empty everywhere. */
enum Lane {
    /** Everybody but IDLE threads. */
    ORDINARY(-1),
    /** Threads of policy IDLE. */
    IDLE(SchedulerState.IDLE_LEVEL);

    private final int level;

    Lane(int level) {
        this.level = level;
    }

    /** What stands for this lane in {@link SchedulerState.Queue#level}. */
    int level() {
        return level;
    }

    static Lane of(ThreadRef thread) {
        return thread.policy() == SchedulingPolicy.IDLE ? IDLE : ORDINARY;
    }
}

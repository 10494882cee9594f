package helix.core.thread;

import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulingDecision;

/**
 * Has the scheduler choose a thread, and sees whether the answer is one. A thread that died in the queue is an answer
 * that a scheduler may give; anything else that cannot run is a fault.
 */
final class Chooser {

    /** Faults after which a scheduler that was asked for a thread is taken to have none. */
    private static final int MAX_FAULTS_PER_PICK = 64;

    /** Questions per passage, so that a queue full of the dead does not keep the gate from closing. */
    private static final int MAX_ASKS_PER_PASSAGE = 64;

    private final SchedulerDoor door;
    private final Holdings holdings;
    private final Stranded stranded;

    Chooser(SchedulerDoor door, Holdings holdings, Stranded stranded) {
        this.door = door;
        this.holdings = holdings;
        this.stranded = stranded;
    }

    /**
     * Lets the scheduler choose for {@code cpu}.
     *
     * @return a thread that is RUNNING now and belongs to {@code cpu}, or {@code null} to idle
     */
    ControlBlock pick(Cpu cpu, long nowNs) {
        Picking picking = new Picking();
        while (picking.isOpen()) {
            Scheduler scheduler = door.open();
            if (scheduler == null) {
                return null;
            }
            try {
                for (int asks = 0; asks < MAX_ASKS_PER_PASSAGE && picking.isOpen(); asks++) {
                    ask(scheduler, cpu, nowNs, picking);
                }
            } finally {
                door.close();
            }
        }
        return picking.chosen;
    }

    /** How far one choice has come. */
    private static final class Picking {
        private ControlBlock chosen;
        private boolean idle;
        private int faults;

        boolean isOpen() {
            return chosen == null && !idle && faults < MAX_FAULTS_PER_PICK;
        }
    }

    private void ask(Scheduler scheduler, Cpu cpu, long nowNs, Picking picking) {
        SchedulingDecision decision;
        try {
            decision = scheduler.pickNext(cpu.id(), nowNs);
        } catch (Throwable e) {
            door.fault("pickNext", e);
            picking.idle = true;
            return;
        }
        if (decision != null && decision.isIdle()) {
            picking.idle = true;
        } else if (decision != null && decision.thread() instanceof ControlBlock thread && holdings.release(thread)) {
            judge(thread, cpu, decision, picking);
        } else if (!isAbandoned(decision)) {
            // no answer, a thread that is not ours, or one that it does not hold
            door.fault();
            picking.faults++;
        }
    }

    private boolean isAbandoned(SchedulingDecision decision) {
        return decision != null
                && decision.thread() instanceof ControlBlock thread
                && !thread.isAlive()
                && holdings.discard();
    }

    private void judge(ControlBlock thread, Cpu cpu, SchedulingDecision decision, Picking picking) {
        if (!thread.affinity().contains(cpu.id())) {
            door.fault();
            picking.faults++;
            stranded.add(thread);
        } else if (run(thread)) {
            cpu.setQuantum(decision.quantumNs());
            picking.chosen = thread;
        }
        // else it died in the queue, which is nobody's fault
    }

    private static boolean run(ControlBlock thread) {
        Stage stage = thread.stage();
        return stage.isReady() && thread.tryBecome(stage, Stage.RUNNING);
    }
}

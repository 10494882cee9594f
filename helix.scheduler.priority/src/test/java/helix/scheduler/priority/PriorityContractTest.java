package helix.scheduler.priority;

import helix.api.scheduler.Scheduler;
import helix.tck.SchedulerContract;

class PriorityContractTest extends SchedulerContract {

    @Override
    public Scheduler create() {
        return new PriorityModule(PrioritySettings.DEFAULT);
    }
}

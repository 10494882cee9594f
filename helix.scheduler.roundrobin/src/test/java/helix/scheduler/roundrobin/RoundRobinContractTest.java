package helix.scheduler.roundrobin;

import helix.api.scheduler.Scheduler;
import helix.tck.SchedulerContract;

class RoundRobinContractTest extends SchedulerContract {

    @Override
    public Scheduler create() {
        return new RoundRobinModule(RoundRobinSettings.DEFAULT);
    }
}

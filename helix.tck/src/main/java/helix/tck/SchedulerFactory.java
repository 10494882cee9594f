package helix.tck;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.scheduler.Scheduler;

/** Says how the scheduler under test is made. */
public interface SchedulerFactory {

    /** A fresh scheduler that knows no CPU and no thread. */
    Scheduler create();

    /** A kernel around a fresh scheduler. */
    default FakeKernel kernel(int cpus) {
        return new FakeKernel(create(), cpus);
    }

    /** The affinity for just one CPU. */
    static CpuSet only(int cpu) {
        return CpuSet.of(new CpuId(cpu));
    }
}

package helix.core.thread;

import helix.api.kernel.CpuId;
import helix.api.thread.CpuView;
import helix.api.thread.Cpus;
import java.util.List;

/** {@link Cpus} over a {@link Machine}. Thread-safe. */
class KernelCpus implements Cpus {

    private final Machine machine;
    private final Views views;

    KernelCpus(Machine machine) {
        this.machine = machine;
        this.views = new Views(machine);
    }

    @Override
    public List<CpuView> list() {
        return views.cpus();
    }

    @Override
    public void offline(CpuId id) {
        Cpu cpu = machine.cpus().get(id);
        machine.inKernel(() -> machine.offline(cpu));
    }

    @Override
    public void online(CpuId id) {
        Cpu cpu = machine.cpus().get(id);
        machine.inKernel(() -> machine.online(cpu));
    }
}

package helix.core.thread;

import helix.api.kernel.CpuId;
import helix.api.thread.BlockReason;
import helix.api.thread.CpuView;
import helix.api.thread.MachineView;
import helix.api.thread.ThreadFlag;
import helix.api.thread.ThreadState;
import helix.api.thread.ThreadView;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What operators see of a machine. Each answer is put together while the machine runs on. Thread-safe. */
final class Views {

    private final Machine machine;

    Views(Machine machine) {
        this.machine = machine;
    }

    List<CpuView> cpus() {
        return machine.cpus().cpus().stream().map(Cpu::view).toList();
    }

    List<ThreadView> threads(int limit) {
        return machine.table().all().stream()
                .filter(thread -> thread.stage() != Stage.DEAD)
                .sorted(Comparator.comparingLong(ControlBlock::number))
                .map(this::view)
                .filter(view -> view.state() != ThreadState.DEAD)
                .limit(limit)
                .toList();
    }

    private ThreadView view(ControlBlock thread) {
        ThreadState state = thread.stage().state();
        boolean waits = state == ThreadState.BLOCKED || state == ThreadState.SLEEPING;
        Optional<BlockReason> reason = waits ? Optional.ofNullable(thread.reason()) : Optional.empty();
        Optional<CpuId> cpu = state == ThreadState.RUNNING ? cpuOf(thread) : Optional.empty();
        return new ThreadView(
                thread.id(),
                thread.name(),
                state,
                reason,
                thread.priority(),
                thread.policy(),
                thread.affinity(),
                cpu,
                thread.ranNs(),
                thread.switches(),
                thread.lostCpu(),
                thread.compensated(),
                flags(thread));
    }

    private Optional<CpuId> cpuOf(ControlBlock thread) {
        return machine.cpus().cpus().stream()
                .filter(cpu -> cpu.current() == thread)
                .map(Cpu::id)
                .findFirst();
    }

    private static Set<ThreadFlag> flags(ControlBlock thread) {
        Set<ThreadFlag> flags = EnumSet.noneOf(ThreadFlag.class);
        if (thread.isPending(ControlBlock.KILL)) {
            flags.add(ThreadFlag.KILL_PENDING);
        }
        return flags;
    }

    MachineView machine() {
        Map<ThreadState, Long> count = new EnumMap<>(ThreadState.class);
        for (ControlBlock thread : machine.table().all()) {
            count.merge(thread.stage().state(), 1L, Long::sum);
        }
        Counters counters = machine.counters();
        return new MachineView(
                of(count, ThreadState.READY),
                of(count, ThreadState.RUNNING),
                of(count, ThreadState.BLOCKED) + of(count, ThreadState.SLEEPING) + of(count, ThreadState.STOPPED),
                of(count, ThreadState.ZOMBIE),
                machine.cpus().cpus().stream().mapToLong(Cpu::switches).sum(),
                counters.lostCpus.sum(),
                counters.compensated.sum(),
                counters.deferredTicks.sum(),
                counters.schedulerFaults.sum(),
                counters.refills.sum(),
                machine.tick().stalls().sentence());
    }

    private static long of(Map<ThreadState, Long> count, ThreadState state) {
        return count.getOrDefault(state, 0L);
    }
}

package helix.shell.format;

import helix.api.slot.CandidateView;
import helix.api.slot.SlotView;
import helix.api.slot.SwapReport;
import helix.api.thread.CpuView;
import helix.api.thread.ThreadView;
import java.util.List;

/** Which columns each thing has. Stateless. */
final class Tables {

    private Tables() {}

    static Table slots(List<SlotView> slots) {
        Table table = new Table(">ID", "Slot", "State", "Module", "Candidates", ">Swaps", ">In flight", "Remark");
        for (SlotView slot : slots) {
            table.row(
                    slot.id(),
                    slot.name(),
                    Units.word(slot.status()),
                    Units.orDash(slot.occupant()),
                    slot.candidates().isEmpty() ? "-" : join(slot.candidates()),
                    slot.swaps(),
                    slot.callsInFlight(),
                    slot.busyWith().map(busy -> busy + "; ").orElse("") + slot.remark());
        }
        return table;
    }

    static Table modules(List<CandidateView> candidates) {
        Table table = new Table("Slot", "Module", "State", "Aliases", "State schema", "Bundle", ">Ranking", "Remark");
        for (CandidateView candidate : candidates) {
            table.row(
                    candidate.slot(),
                    candidate.module().id(),
                    candidate.occupant() ? "Active" : "Candidate",
                    candidate.module().aliases().isEmpty()
                            ? "-"
                            : join(candidate.module().aliases()),
                    candidate.module().stateless()
                            ? "stateless"
                            : Units.orDash(candidate.module().stateSchema()),
                    candidate.module().bundle(),
                    candidate.ranking(),
                    candidate.remark());
        }
        return table;
    }

    static Table cpus(List<CpuView> cpus) {
        Table table = new Table(">ID", "State", ">Thread", ">Switches", ">Preemptions", ">Busy ms", ">Overruns");
        for (CpuView cpu : cpus) {
            table.row(
                    cpu.id(),
                    cpu.online() ? "Online" : "Offline",
                    Units.orDash(cpu.current()),
                    cpu.switches(),
                    cpu.preemptions(),
                    Units.ms(cpu.busyNs()),
                    cpu.overruns());
        }
        return table;
    }

    static Table threads(List<ThreadView> threads) {
        Table table = new Table(">ID", "Name", "State", ">Priority", "Policy", ">CPU", ">Ran ms", ">Switches");
        for (ThreadView thread : threads) {
            table.row(
                    thread.id(),
                    thread.name(),
                    Units.word(thread.state())
                            + thread.reason().map(reason -> " (" + reason + ")").orElse(""),
                    thread.priority(),
                    Units.word(thread.policy()),
                    Units.orDash(thread.cpu()),
                    Units.ms(thread.ranNs()),
                    thread.switches());
        }
        return table;
    }

    static Table swaps(List<SwapReport> swaps) {
        Table table = new Table(
                ">ID", "Started", "Slot", "Kind", "From", "To", "Outcome", "State", ">Pause ms", "Asked by", "Reason");
        for (SwapReport swap : swaps) {
            table.row(
                    swap.number(),
                    swap.startedAt(),
                    swap.slot(),
                    Units.word(swap.kind()),
                    Units.orDash(swap.from()),
                    Units.orDash(swap.to()),
                    Units.word(swap.outcome()),
                    Units.word(swap.state()) + (swap.dirty() ? " (dirty)" : ""),
                    Units.ms(swap.pauseNs()),
                    swap.requester(),
                    swap.failure()
                            .map(failure -> failure.code() + ": " + failure.message())
                            .orElse(""));
        }
        return table;
    }

    private static String join(List<?> items) {
        return String.join(", ", items.stream().map(Object::toString).toList());
    }
}

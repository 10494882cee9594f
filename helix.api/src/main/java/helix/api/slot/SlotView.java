package helix.api.slot;

import helix.api.module.ModuleCategory;
import helix.api.module.ModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One slot at one moment, for operators.
 *
 * @param id its number
 * @param name its name
 * @param category what it is for
 * @param contract class name of its interface, empty until known
 * @param status what it is doing
 * @param occupant who serves
 * @param candidates who could, the occupant included
 * @param swaps successful loads, swaps and replacements so far
 * @param lastSwap when the last of them ended
 * @param lastTick the kernel tick of that moment
 * @param callsInFlight calls inside now
 * @param busyWith the operation that holds the slot: what, by whom, since when
 * @param remark what an operator should know: a failure, a refused candidate and its remedy; empty when all is well
 */
public record SlotView(
        SlotId id,
        SlotName name,
        ModuleCategory category,
        Optional<String> contract,
        SlotStatus status,
        Optional<ModuleId> occupant,
        List<ModuleId> candidates,
        long swaps,
        Optional<Instant> lastSwap,
        long lastTick,
        int callsInFlight,
        Optional<String> busyWith,
        String remark) {

    public SlotView {
        candidates = List.copyOf(candidates);
    }
}

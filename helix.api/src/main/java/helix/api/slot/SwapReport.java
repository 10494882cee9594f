package helix.api.slot;

import helix.api.kernel.ErrorCode;
import helix.api.module.ModuleId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a swap did. It never claims what did not happen.
 *
 * @param number of the swap, from 1, kernel-wide
 * @param kind what was asked
 * @param slot where
 * @param from the occupant before
 * @param to the module to put in
 * @param occupant who serves now
 * @param outcome how it ended
 * @param state what became of the state
 * @param failure what went wrong; also given with SWAPPED when the successor had to start fresh
 * @param dirty true when the state of a departure was exported while calls were still inside
 * @param callsInFlight calls inside the slot when its gate closed first
 * @param closings how often the gate was closed until the calls had left
 * @param pauseNs for how long callers were held in the closing that counted, nanoseconds; 0 when the gate never closed
 * @param phaseNs time spent in each phase reached, nanoseconds
 * @param carried what the state said of itself, {@code ready=62}; empty when there was none or it says nothing
 * @param requester who asked
 * @param startedAt when
 * @param tick the kernel tick at which it ended
 */
public record SwapReport(
        long number,
        SwapKind kind,
        SlotName slot,
        Optional<ModuleId> from,
        Optional<ModuleId> to,
        Optional<ModuleId> occupant,
        SwapOutcome outcome,
        StateOutcome state,
        Optional<Failure> failure,
        boolean dirty,
        int callsInFlight,
        int closings,
        long pauseNs,
        Map<SwapPhase, Long> phaseNs,
        Map<String, Long> carried,
        String requester,
        Instant startedAt,
        long tick) {

    /**
     * Why a swap did not go as asked.
     *
     * @param phase where it failed
     * @param code the kind of failure
     * @param message the cause, for operators
     * @param stack the stack of the call that would not leave or of the module code that did not return; may be empty
     */
    public record Failure(SwapPhase phase, ErrorCode code, String message, List<String> stack) {
        public Failure {
            stack = List.copyOf(stack);
        }
    }

    public boolean isSwapped() {
        return outcome == SwapOutcome.SWAPPED;
    }
}

package helix.core.slot;

import helix.api.module.ModuleId;
import helix.api.slot.SlotName;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Collects what a transaction did, for its report. Written by the thread of the transaction. */
final class SwapRecord {

    private final SwapKind kind;
    private final SlotName slot;
    private final String requester;
    private final Instant startedAt;
    private final Map<SwapPhase, Long> phaseNs = new EnumMap<>(SwapPhase.class);
    private final Map<String, Long> carried = new LinkedHashMap<>();

    private Optional<ModuleId> from = Optional.empty();
    private Optional<ModuleId> to = Optional.empty();
    private StateOutcome state = StateOutcome.NONE;
    private Optional<SwapReport.Failure> failure = Optional.empty();
    private boolean dirty;
    private int callsInFlight;
    private int closings;
    private long closedAtNs;
    private long pauseNs;
    private long phaseStartNs;
    private volatile SwapPhase phase;

    SwapRecord(SwapKind kind, SlotName slot, String requester, Instant startedAt) {
        this.kind = kind;
        this.slot = slot;
        this.requester = requester;
        this.startedAt = startedAt;
        begin(SwapPhase.VERIFY);
    }

    SwapKind kind() {
        return kind;
    }

    String requester() {
        return requester;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Where the transaction is; readable by any thread. */
    SwapPhase phase() {
        return phase;
    }

    void begin(SwapPhase next) {
        long now = System.nanoTime();
        if (phase != null) {
            phaseNs.merge(phase, now - phaseStartNs, Long::sum);
        }
        phaseStartNs = now;
        phase = next;
    }

    void from(Occupant old) {
        from = Optional.ofNullable(old).map(Occupant::id);
    }

    void to(Candidate successor) {
        to = Optional.of(successor.id());
    }

    void state(StateOutcome outcome) {
        state = outcome;
    }

    void carried(Map<String, Long> summary) {
        carried.clear();
        carried.putAll(summary);
    }

    void failure(SwapReport.Failure what) {
        failure = Optional.of(what);
    }

    void dirty() {
        dirty = true;
    }

    void closed(int inFlight) {
        closedAtNs = System.nanoTime();
        if (closings == 0) {
            callsInFlight = inFlight;
        }
        closings++;
    }

    void opened() {
        if (closings > 0) {
            pauseNs = System.nanoTime() - closedAtNs;
        }
    }

    /** What is to be told; the swap gets its number now, so that those that were refused have none. */
    SwapReport report(SwapOutcome outcome, Optional<ModuleId> occupant, SlotContext context) {
        begin(phase);
        return new SwapReport(
                context.nextSwapNumber(),
                kind,
                slot,
                from,
                to,
                occupant,
                outcome,
                outcome == SwapOutcome.SWAPPED || kind == SwapKind.DEPARTURE ? state : StateOutcome.NONE,
                failure,
                dirty,
                callsInFlight,
                closings,
                pauseNs,
                Collections.unmodifiableMap(new EnumMap<>(phaseNs)),
                Collections.unmodifiableMap(new LinkedHashMap<>(carried)),
                requester,
                startedAt,
                context.tick());
    }
}

package helix.core.slot;

import helix.api.slot.SwapReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who serves a slot when nobody was asked for by name: at boot, when a first candidate arrives, and after the occupant
 * left by itself. A slot that an operator emptied is left alone.
 */
final class Succession {

    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final String ARRIVAL = "service event";

    /** Between two looks whether a slot is still held. */
    private static final long HELD_PAUSE_NS = 1_000_000;

    private final Transactions transactions;

    Succession(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Chooses the first occupant of a slot, on the calling thread. */
    void atBoot(Slot slot, Optional<String> committed) {
        if (slot.vacancy() == Slot.Vacancy.NEW && slot.occupant().isEmpty()) {
            fillFromFirst(slot, inOrder(slot, committed), "boot");
        }
    }

    /** The configured module, else the one committed last, else by ranking; those that fail give way to the next. */
    private static List<Candidate> inOrder(Slot slot, Optional<String> committed) {
        List<Candidate> order = new ArrayList<>(slot.eligible());
        Comparator<Candidate> preference = Comparator.comparing(candidate ->
                !slot.settings().module().map(candidate.info()::isCalled).orElse(false));
        preference = preference
                .thenComparing(candidate ->
                        !committed.equals(Optional.of(candidate.id().toString())))
                .thenComparing(candidate -> !committed
                        .filter(id -> id.startsWith(candidate.id().name() + "@"))
                        .isPresent());
        order.sort(preference);
        return order;
    }

    /** A candidate has arrived after boot. */
    void arrived(Slot slot, Candidate candidate) {
        if (!slot.isOpenTo(candidate)) {
            return;
        }
        if (!slot.isHolding()) {
            slot.context().start(slot, () -> fillFromFirst(slot, List.of(candidate), ARRIVAL));
        } else if (isAwaited(slot, candidate)) {
            slot.context().start(slot, () -> fillAwaited(slot, candidate));
        }
    }

    /** Whether it is the same module as the one that departed. */
    private static boolean isAwaited(Slot slot, Candidate candidate) {
        return slot.kept()
                .map(kept -> kept.module().name().equals(candidate.id().name()))
                .orElse(true);
    }

    /**
     * Calls are held: when the awaited one fails, any other may save them. One that has left again has not failed, and is
     * awaited still: bundles are updated and refreshed right after.
     */
    private void fillAwaited(Slot slot, Candidate awaited) {
        fillFromFirst(slot, List.of(awaited), ARRIVAL);
        if (slot.candidates().contains(awaited)) {
            List<Candidate> others = new ArrayList<>(slot.eligible());
            others.remove(awaited);
            fillFromFirst(slot, others, ARRIVAL);
        }
    }

    /** A candidate is leaving; on the thread that takes it away. */
    void leaving(Slot slot, Candidate candidate) {
        if (new Departure(slot).of(candidate)) {
            afterDeparture(slot);
        }
    }

    /** The occupant may have left in the middle of the swap that has just ended. */
    void afterSwap(Slot slot) {
        slot.occupant()
                .map(Occupant::candidate)
                .filter(serving -> !slot.candidates().contains(serving))
                .ifPresent(gone -> leaving(slot, gone));
    }

    private void afterDeparture(Slot slot) {
        slot.eligible().stream()
                .filter(candidate -> isAwaited(slot, candidate))
                .findFirst()
                .ifPresent(next -> arrived(slot, next));
        CompletableFuture.delayedExecutor(slot.settings().hold().toNanos(), TimeUnit.NANOSECONDS)
                .execute(() -> slot.context().start(slot, () -> holdIsOver(slot)));
    }

    /** No successor of the same module came: any other that takes the state will do. */
    private void holdIsOver(Slot slot) {
        // a later departure has a hold of its own, and a timer of its own
        if (slot.vacancy() == Slot.Vacancy.DEPARTED && !slot.isHolding()) {
            fillFromFirst(slot, slot.eligible(), ARRIVAL);
        }
    }

    private void fillFromFirst(Slot slot, List<Candidate> order, String requester) {
        for (Candidate candidate : order) {
            Optional<SwapReport> report = fillWhenFree(slot, candidate, requester);
            if (report.isEmpty()) {
                continue;
            }
            if (report.get().isSwapped()) {
                return;
            }
            LOG.warn(
                    "slot={} cannot take {}: {}",
                    slot.name(),
                    candidate.id(),
                    report.get().failure().map(SwapReport.Failure::message).orElse(""));
        }
    }

    /** Whoever holds the slot now may fail to fill it, and nobody would think of this candidate then. */
    private Optional<SwapReport> fillWhenFree(Slot slot, Candidate candidate, String requester) {
        while (slot.isOpenTo(candidate)) {
            Optional<SwapReport> report = transactions.fill(slot, candidate, requester);
            if (report.isPresent()) {
                return report;
            }
            LockSupport.parkNanos(HELD_PAUSE_NS);
        }
        return Optional.empty();
    }
}

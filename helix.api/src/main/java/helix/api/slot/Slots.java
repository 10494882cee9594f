package helix.api.slot;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Looks at slots, and calls their occupants without a facade. Thread-safe. */
@ProviderType
public interface Slots {

    /** All slots in order of their numbers. */
    List<SlotView> list();

    /** One slot. */
    Optional<SlotView> find(SlotName slot);

    /** All candidates, by slot and name. */
    List<CandidateView> candidates();

    /**
     * Calls the occupant. The call counts as in flight while {@code call} runs; it waits as a call through the facade
     * does. The occupant must not be kept.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND, CONTRACT_MISMATCH when the occupant is no {@code contract}
     * @throws SlotUnavailableException SLOT_EMPTY
     */
    <S, R> R call(SlotName slot, Class<S> contract, Function<? super S, ? extends R> call);

    /**
     * As {@link #call}, but never waits: for timer paths.
     *
     * @return what {@code call} returned, or empty when the gate is closed, the slot is empty, or {@code call} returned
     *     {@code null}
     */
    <S, R> Optional<R> tryCall(SlotName slot, Class<S> contract, Function<? super S, ? extends R> call);
}

package helix.core.slot;

import helix.api.module.ModuleCategory;
import helix.api.module.ModuleId;
import helix.api.module.ModuleInfo;
import helix.api.slot.CandidateView;
import helix.api.slot.SlotName;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * A service that a slot may take. Immutable but for what its source does.
 *
 * @param slot the slot it is for
 * @param info what it says of itself
 * @param source where instances come from
 * @param contract the interface it would serve, {@code null} when there is a remark
 * @param properties its service properties
 * @param ranking its service ranking
 * @param serviceId its service id
 * @param remark why it cannot be taken and what to do about it; empty when it can
 */
record Candidate(
        SlotName slot,
        ModuleInfo info,
        InstanceSource source,
        Class<?> contract,
        Map<String, Object> properties,
        int ranking,
        long serviceId,
        String remark) {

    /** Highest ranking first, then lowest service id: the order of the service registry. */
    static final Comparator<Candidate> BY_RANKING =
            Comparator.comparingInt(Candidate::ranking).reversed().thenComparingLong(Candidate::serviceId);

    /** Name of the method that gives the state of a candidate without a Helix type in it. */
    static final String EXPORT_METHOD = "helix.state.export";

    /** Name of the method that takes it. */
    static final String IMPORT_METHOD = "helix.state.import";

    ModuleId id() {
        return info.id();
    }

    boolean isUsable() {
        return remark.isEmpty();
    }

    /** Why its slot, which is for {@code wanted}, cannot take it; empty when it can. */
    String objection(ModuleCategory wanted) {
        if (remark.isEmpty() && wanted != ModuleCategory.CUSTOM && wanted != info.category()) {
            return "slot '" + slot + "' is for " + wanted + ", " + id() + " is " + info.category();
        }
        return remark;
    }

    Optional<String> method(String property) {
        return Optional.ofNullable(properties.get(property)).map(Object::toString);
    }

    /** The same candidate, with a reason why it cannot be taken. */
    Candidate refused(String why) {
        return new Candidate(slot, info, source, null, properties, ranking, serviceId, why);
    }

    CandidateView view(boolean occupant, ModuleCategory wanted) {
        return new CandidateView(slot, info, occupant, ranking, objection(wanted));
    }
}

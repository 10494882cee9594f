package helix.api.slot;

import helix.api.module.ModuleVersion;
import java.util.Objects;
import java.util.Optional;

/**
 * What is asked of a slot, and by whom.
 *
 * @param kind the operation; not DEPARTURE
 * @param slot the slot
 * @param module name or alias of the module to put in; {@code default} means the module the slot would start with;
 *     ignored by UNLOAD
 * @param version which version of it; the newest when empty
 * @param fresh do not carry state
 * @param force allow another major version or an older version of the same module
 * @param requester who asks, for reports and audit
 */
public record SwapRequest(
        SwapKind kind,
        SlotName slot,
        String module,
        Optional<ModuleVersion> version,
        boolean fresh,
        boolean force,
        String requester) {

    /** The word for the module that the slot would start with. */
    public static final String DEFAULT = "default";

    public SwapRequest {
        Objects.requireNonNull(slot, "slot");
        Objects.requireNonNull(module, "module");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(requester, "requester");
        if (kind == SwapKind.DEPARTURE) {
            throw new IllegalArgumentException("a departure is not asked for, it happens");
        }
    }

    /** Replace the occupant by {@code module} and carry its state. */
    public static SwapRequest swap(SlotName slot, String module, String requester) {
        return of(SwapKind.SWAP, slot, module, requester);
    }

    /** Put {@code module} into the empty slot. */
    public static SwapRequest load(SlotName slot, String module, String requester) {
        return of(SwapKind.LOAD, slot, module, requester);
    }

    /** Replace whatever is there by {@code module}, without state. */
    public static SwapRequest replace(SlotName slot, String module, String requester) {
        return of(SwapKind.REPLACE, slot, module, requester);
    }

    /** Take the occupant out. */
    public static SwapRequest unload(SlotName slot, String requester) {
        return of(SwapKind.UNLOAD, slot, "", requester);
    }

    private static SwapRequest of(SwapKind kind, SlotName slot, String module, String requester) {
        return new SwapRequest(kind, slot, module, Optional.empty(), false, false, requester);
    }

    public SwapRequest withVersion(ModuleVersion wanted) {
        return new SwapRequest(kind, slot, module, Optional.of(wanted), fresh, force, requester);
    }

    public SwapRequest withFresh(boolean newFresh) {
        return new SwapRequest(kind, slot, module, version, newFresh, force, requester);
    }

    public SwapRequest withForce(boolean newForce) {
        return new SwapRequest(kind, slot, module, version, fresh, newForce, requester);
    }
}

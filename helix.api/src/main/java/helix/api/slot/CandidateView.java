package helix.api.slot;

import helix.api.module.ModuleInfo;

/**
 * A module that a slot could take.
 *
 * @param slot the slot
 * @param module what the module says of itself
 * @param occupant true when it serves now
 * @param ranking its service ranking
 * @param remark why it cannot be taken, with the remedy; empty when it can
 */
public record CandidateView(SlotName slot, ModuleInfo module, boolean occupant, int ranking, String remark) {}

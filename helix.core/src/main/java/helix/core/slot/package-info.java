/**
 * Slots: what serves them, what could, and the transactions that change it.
 *
 * <p>Start at {@link helix.core.slot.SlotService}, what the outside sees; {@link helix.core.slot.Exchange} is the swap.
 */
package helix.core.slot;

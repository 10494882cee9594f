package helix.shell.format;

import helix.api.slot.SwapReport;
import java.util.List;

/**
 * The swaps the kernel remembers.
 *
 * @param swaps oldest first
 * @param forgotten how many came before
 */
public record SwapHistory(List<SwapReport> swaps, long forgotten) {}

package helix.shell.format;

import helix.api.thread.MachineView;
import helix.api.thread.ThreadView;
import java.util.List;

/**
 * Some kernel threads, and the sums over all.
 *
 * @param machine the sums
 * @param threads the threads shown
 * @param more how many are not shown
 */
public record ThreadListing(MachineView machine, List<ThreadView> threads, long more) {}

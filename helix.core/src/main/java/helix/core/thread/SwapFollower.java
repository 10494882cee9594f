package helix.core.thread;

import helix.api.slot.SlotListener;
import helix.api.slot.SwapReport;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers a new scheduler what the old one would not take, at once instead of at the next tick. A component of its own,
 * because slots know their listeners and {@link ThreadService} needs the slots.
 */
@Component
public final class SwapFollower implements SlotListener {

    private final KernelTick tick;

    /** Made by the component runtime. */
    @Activate
    public SwapFollower(@Reference ThreadService threads) {
        this.tick = threads.kernel().tick();
    }

    @Override
    public void swapEnded(SwapReport report) {
        if (report.slot().equals(ThreadService.SCHEDULER)) {
            tick.kick();
        }
    }
}

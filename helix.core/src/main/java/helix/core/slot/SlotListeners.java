package helix.core.slot;

import helix.api.slot.SlotListener;
import helix.api.slot.SlotName;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who listens, and the log. What one listener throws reaches neither the others nor the swap. */
final class SlotListeners implements SlotListener {

    private static final Logger LOG = LoggerFactory.getLogger("helix.swap");

    private final List<SlotListener> listeners = new CopyOnWriteArrayList<>();

    void add(SlotListener listener) {
        listeners.add(listener);
    }

    void remove(SlotListener listener) {
        listeners.remove(listener);
    }

    @Override
    public void swapStarting(SlotName slot, SwapKind kind, String requester) {
        tell(listener -> listener.swapStarting(slot, kind, requester));
    }

    @Override
    public void swapEnded(SwapReport report) {
        String failure = report.failure().map(SwapReport.Failure::message).orElse("");
        LOG.info(
                "slot={} {} {} -> {}: {}, state {}, pause {} us, by {} {}",
                report.slot(),
                report.kind(),
                report.from().map(Object::toString).orElse("-"),
                report.to().map(Object::toString).orElse("-"),
                report.outcome(),
                report.state(),
                report.pauseNs() / 1_000,
                report.requester(),
                failure);
        tell(listener -> listener.swapEnded(report));
    }

    private void tell(Consumer<SlotListener> what) {
        for (SlotListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("slot listener {} failed", listener, e);
            }
        }
    }
}

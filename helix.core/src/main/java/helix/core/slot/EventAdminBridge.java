package helix.core.slot;

import helix.api.slot.SlotListener;
import helix.api.slot.SlotName;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapReport;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Posts every swap to EventAdmin, where there is one: {@code helix/slot/STARTING} with slot, kind and requester, and
 * {@code helix/slot/ENDED} with these, from, to, outcome, state and pause.ns.
 */
@Component(service = SlotListener.class)
public final class EventAdminBridge implements SlotListener {

    private static final String TOPIC = "helix/slot/";

    private final EventAdmin events;

    @Activate
    public EventAdminBridge(@Reference EventAdmin events) {
        this.events = events;
    }

    @Override
    public void swapStarting(SlotName slot, SwapKind kind, String requester) {
        events.postEvent(new Event(TOPIC + "STARTING", basics(slot, kind, requester)));
    }

    @Override
    public void swapEnded(SwapReport report) {
        Map<String, Object> properties = basics(report.slot(), report.kind(), report.requester());
        report.from().ifPresent(from -> properties.put("from", from.toString()));
        report.to().ifPresent(to -> properties.put("to", to.toString()));
        report.failure().ifPresent(failure -> properties.put("failure", failure.message()));
        properties.put("outcome", report.outcome().name());
        properties.put("state", report.state().name());
        properties.put("pause.ns", report.pauseNs());
        events.postEvent(new Event(TOPIC + "ENDED", properties));
    }

    private static Map<String, Object> basics(SlotName slot, SwapKind kind, String requester) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("slot", slot.value());
        properties.put("kind", kind.name());
        properties.put("requester", requester);
        return properties;
    }
}

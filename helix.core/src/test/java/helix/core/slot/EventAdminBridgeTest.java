package helix.core.slot;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.slot.SlotListener;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class EventAdminBridgeTest {

    private final List<Event> posted = new ArrayList<>();
    private final SlotListener bridge = new EventAdminBridge(new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            posted.add(event);
        }

        @Override
        public void sendEvent(Event event) {
            throw new AssertionError("a swap does not wait for handlers");
        }
    });

    @Test
    void shouldPostTheBeginningAndTheEndOfASwap() {
        SlotFixture slots = new SlotFixture();
        slots.serveWith(slots.offer("a"));
        slots.offer("b").failing("init").add();
        SwapReport report = slots.swap("b");

        bridge.swapStarting(SlotFixture.SLOT, SwapKind.SWAP, "alice");
        bridge.swapEnded(report);

        assertThat(posted).extracting(Event::getTopic).containsExactly("helix/slot/STARTING", "helix/slot/ENDED");
        assertThat(posted.get(0).getProperty("requester")).isEqualTo("alice");
        assertThat(posted.get(1).getProperty("outcome")).isEqualTo("ROLLED_BACK");
        assertThat(posted.get(1).getProperty("from")).isEqualTo("a@1.0.0");
        assertThat(posted.get(1).getProperty("failure")).asString().contains("init is broken");
    }
}

package helix.itests;

import static helix.itests.Eventually.eventually;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.hal.TickHandler;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.slot.SlotName;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotView;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.After;
import org.junit.Assert;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A test on slots that it makes for itself, filled with {@link TracedModule}s. */
public abstract class OnSlotOfItsOwn extends OnDistribution {

    /** Each step of each module in this test, in order. */
    protected final List<String> trace = new CopyOnWriteArrayList<>();

    private final List<Configuration> configured = new ArrayList<>();

    @After
    public void takeConfigurationsBack() throws Exception {
        hotSwap.setEnabled(true);
        for (Configuration configuration : configured) {
            configuration.delete();
        }
    }

    /** Makes a slot of category DRIVER with settings of its own. */
    protected final void configure(SlotName slot, Map<String, Object> settings) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        properties.put("category", "DRIVER");
        Configuration configuration =
                service(ConfigurationAdmin.class).getFactoryConfiguration("helix.slot", slot.value(), "?");
        configured.add(configuration);
        configuration.update(properties);
        // the category is the last setting that a slot takes over
        eventually(
                "the configuration of " + slot,
                () -> slots.find(slot)
                        .filter(view -> view.category().name().equals("DRIVER"))
                        .isPresent());
    }

    protected final void offer(SlotName slot, String module) {
        offer(slot, module, trace::add);
    }

    /** Offers a module that tells {@code steps} where it is. */
    protected final void offer(SlotName slot, String module, Consumer<String> steps) {
        offer(slot, module, () -> new TracedModule(module, steps), Map.of());
    }

    protected final void offer(
            SlotName slot, String module, Supplier<TracedModule> instances, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "helix.category",
                slots.find(slot).map(view -> view.category().name()).orElse("CUSTOM"),
                "helix.state.schema",
                "helix.itests.sum"));
        properties.putAll(more);
        candidates.offer(slot.value(), TickHandler.class, module, instances, properties);
    }

    /** Waits until a slot is served, and returns what callers hold. */
    protected final TickHandler facade(SlotName slot) throws Exception {
        return service(TickHandler.class, "(helix.facade=true)(helix.slot=" + slot + ")");
    }

    /** Has {@code module} serve the slot, which must be new. */
    protected final TickHandler serve(SlotName slot, String module) throws Exception {
        offer(slot, module);
        TickHandler facade = facade(slot);
        assertServes(slot, module);
        return facade;
    }

    protected final SwapReport swap(SlotName slot, String module) throws Exception {
        return finish(SwapRequest.swap(slot, module, "test"));
    }

    protected final SlotView view(SlotName slot) {
        return slots.find(slot).orElseThrow();
    }

    /** What the occupant has been called with so far. */
    protected final long sum(SlotName slot) {
        return slots.call(slot, TickHandler.class, occupant -> ((TracedModule) occupant).sum());
    }

    protected final void assertServes(SlotName slot, String module) {
        assertEquals(SlotStatus.ACTIVE, view(slot).status());
        assertEquals(module, view(slot).occupant().orElseThrow().name().value());
    }

    /** Makes sure that a request is refused for this reason, and that neither slot nor modules have noticed. */
    protected final KernelException assertRefused(ErrorCode code, SwapRequest request) {
        List<SlotView> before = ownSlots();
        List<SwapReport> history = hotSwap.history();
        trace.clear();

        KernelException refused =
                Assert.assertThrows(request.toString(), KernelException.class, () -> hotSwap.begin(request));

        assertEquals(refused.getMessage(), code, refused.code());
        assertEquals(before, ownSlots());
        assertEquals(history, hotSwap.history());
        // the one question that comes before everything else may have been asked
        assertTrue(trace.toString(), trace.stream().allMatch(step -> step.endsWith(".canUnload")));
        return refused;
    }

    /** All but the scheduler's, which the kernel tick calls all the time. */
    private List<SlotView> ownSlots() {
        return slots.list().stream()
                .filter(view -> !view.name().equals(SCHEDULER))
                .toList();
    }
}

package helix.core.slot;

import helix.api.slot.SlotName;
import helix.core.gate.WaitRule;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Who may wait at the gate of one slot.
 *
 * <p>A thread that carries framework work is never held for a successor: the framework's own lock would stall, and with
 * it the arrival it waits for. Neither is module code of the slot's own transaction held for its end.
 */
final class SlotWaitRule implements WaitRule {

    private static final String FRAMEWORK = "org.apache.felix.framework.";

    /** Frames that mean that a thread starts, stops, updates or refreshes bundles, or takes a service away. */
    private static final Set<String> FRAMEWORK_WORK = Set.of(
            "startBundle",
            "stopBundle",
            "updateBundle",
            "uninstallBundle",
            "refreshPackages",
            "setActiveStartLevel",
            "unregister");

    private static final String COMPONENTS = "org.apache.felix.scr.impl.manager.";

    /** Frame that means that a component is being taken apart, after its service was unregistered. */
    private static final String COMPONENT_LEAVES = "deactivateInternal";

    private final SlotName slot;
    private final BooleanSupplier stopping;
    private final Supplier<String> emptyMessage;

    SlotWaitRule(SlotName slot, BooleanSupplier stopping, Supplier<String> emptyMessage) {
        this.slot = slot;
        this.stopping = stopping;
        this.emptyMessage = emptyMessage;
    }

    @Override
    public String refusesWait() {
        return ModuleThread.Worker.isOf(slot)
                ? "slot '" + slot + "' is being swapped, and this call comes from the swap itself"
                : null;
    }

    @Override
    public String refusesHold() {
        if (stopping.getAsBoolean()) {
            return emptyMessage() + "; the framework is stopping";
        }
        if (ModuleThread.Worker.isOf(slot) || carriesFrameworkWork()) {
            return emptyMessage() + "; this thread is needed for a successor to arrive and does not wait for it";
        }
        return null;
    }

    @Override
    public String emptyMessage() {
        return emptyMessage.get();
    }

    private static boolean carriesFrameworkWork() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> isWork(frame.getClassName(), frame.getMethodName())));
    }

    static boolean isWork(String type, String method) {
        return (type.startsWith(FRAMEWORK) && FRAMEWORK_WORK.contains(method))
                || (type.startsWith(COMPONENTS) && method.equals(COMPONENT_LEAVES));
    }
}

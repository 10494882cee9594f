package helix.hooks;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

/**
 * Hides candidates: services with the property {@code helix.slot} and without {@code helix.facade}. Only the bundle {@code
 * helix.core} and the framework see them; everybody else finds the slot's facade.
 *
 * <p>Finds and the events REGISTERED and MODIFIED are filtered. UNREGISTERING and MODIFIED_ENDMATCH pass, so that a
 * consumer that bound a candidate before these hooks were up still learns that it leaves. Two instances in one framework
 * do no harm: each takes away what the other has left.
 *
 * <p><b>Threads.</b> Called by any thread that registers or looks up services; keeps a counter and nothing else.
 *
 * <p><b>Errors.</b> The framework must not fail because of a hook: what goes wrong is counted in {@link #failures} and
 * the lookup or event passes as it was.
 */
public final class CandidateHooks implements FindHook, EventListenerHook {

    private static final String SLOT = "helix.slot";
    private static final String FACADE = "helix.facade";
    private static final String NUCLEUS = "helix.core";

    private final LongAdder failures = new LongAdder();

    /** Registers this as both hooks, in the name of the bundle that {@code context} belongs to. */
    public ServiceRegistration<?> register(BundleContext context) {
        String[] types = {FindHook.class.getName(), EventListenerHook.class.getName()};
        return context.registerService(types, this, null);
    }

    /** How often a hook could not do its work and let everything pass. */
    public long failures() {
        return failures.sum();
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean allServices,
            Collection<ServiceReference<?>> references) {
        try {
            if (!seesCandidates(context)) {
                references.removeIf(CandidateHooks::isCandidate);
            }
        } catch (RuntimeException e) {
            failures.increment();
        }
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        try {
            if (isArrival(event) && isCandidate(event.getServiceReference())) {
                listeners.keySet().removeIf(context -> !seesCandidates(context));
            }
        } catch (RuntimeException e) {
            failures.increment();
        }
    }

    private static boolean isArrival(ServiceEvent event) {
        return event.getType() == ServiceEvent.REGISTERED || event.getType() == ServiceEvent.MODIFIED;
    }

    private static boolean isCandidate(ServiceReference<?> reference) {
        return reference.getProperty(SLOT) != null && reference.getProperty(FACADE) == null;
    }

    /** A context that cannot answer belongs to a bundle that just stopped: it sees nothing, and the others are still judged. */
    private boolean seesCandidates(BundleContext context) {
        try {
            Bundle bundle = context.getBundle();
            return bundle.getBundleId() == 0 || NUCLEUS.equals(bundle.getSymbolicName());
        } catch (RuntimeException e) {
            failures.increment();
            return false;
        }
    }
}

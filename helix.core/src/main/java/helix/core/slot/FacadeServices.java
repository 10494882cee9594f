package helix.core.slot;

import helix.core.facade.FacadeFactory;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Makes the facades of slots services. They stay for as long as the nucleus runs. */
final class FacadeServices {

    /** Properties that belong to the candidate and not to the slot. */
    private static final Set<String> OWN =
            Set.of(Constants.OBJECTCLASS, Constants.SERVICE_ID, Constants.SERVICE_BUNDLEID, Constants.SERVICE_SCOPE);

    private final BundleContext context;
    private final List<ServiceRegistration<?>> registrations = new CopyOnWriteArrayList<>();

    FacadeServices(BundleContext context) {
        this.context = context;
    }

    /** Registers the facade of {@code slot}, with the properties of its first occupant. */
    void publish(Slot slot, Candidate first) {
        Dictionary<String, Object> properties = new Hashtable<>();
        first.properties().forEach((key, value) -> {
            if (isOfTheSlot(key)) {
                properties.put(key, value);
            }
        });
        properties.put("helix.slot", slot.name().value());
        properties.put("helix.facade", true);
        String description =
                "facade of slot '" + slot.name() + "' (" + slot.contract().getName() + ")";
        FacadeFactory facades = new FacadeFactory(slot.contract(), slot.gate(), description);
        registrations.add(context.registerService(slot.contract().getName(), facades.serviceFactory(), properties));
    }

    void close() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
    }

    private static boolean isOfTheSlot(String key) {
        return !OWN.contains(key)
                && !key.startsWith("component.")
                && !key.startsWith("helix.")
                && !key.equals(Constants.SERVICE_PID);
    }
}

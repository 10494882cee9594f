package helix.itests;

import helix.api.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Offers schedulers as plain services, a fresh instance per occupancy. */
public final class Candidates implements AutoCloseable {

    private final BundleContext context;
    private final List<ServiceRegistration<?>> offered = new ArrayList<>();

    Candidates(BundleContext context) {
        this.context = context;
    }

    /** A scheduler that takes the state of the shipped ones. */
    public ServiceRegistration<?> offer(String name, Supplier<Scheduler> instances) {
        return offer("scheduler", Scheduler.class, name, instances, Map.of("helix.category", "SCHEDULER"));
    }

    /** A module for any slot. */
    public <S> ServiceRegistration<?> offer(
            String slot, Class<S> contract, String name, Supplier<? extends S> instances, Map<String, Object> more) {
        Hashtable<String, Object> properties = new Hashtable<>(Map.of(
                "helix.slot",
                slot,
                "helix.module",
                name,
                "helix.module.version",
                "1.0.0",
                "helix.state.schema",
                "helix.scheduler",
                "helix.state.version",
                1));
        properties.putAll(more);
        ServiceRegistration<?> registration = context.registerService(
                contract.getName(),
                new PrototypeServiceFactory<Object>() {
                    @Override
                    public Object getService(Bundle bundle, ServiceRegistration<Object> registered) {
                        return instances.get();
                    }

                    @Override
                    public void ungetService(Bundle bundle, ServiceRegistration<Object> registered, Object service) {
                        // nothing to give back
                    }
                },
                properties);
        offered.add(registration);
        return registration;
    }

    @Override
    public void close() {
        offered.forEach(Candidates::withdraw);
        offered.clear();
    }

    private static void withdraw(ServiceRegistration<?> registration) {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // the test withdrew it itself
        }
    }
}

package helix.core.facade;

import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Gives each calling bundle a facade of its own.
 *
 * <p>This class is defined once more in the {@link FacadeLoader} of each slot: the framework asks the loader of a
 * service factory whether it sees the same contract as the consumer, and answers "no service" when it does not.
 */
public final class FacadeServiceFactory implements ServiceFactory<Object> {

    private final Supplier<Object> facades;

    public FacadeServiceFactory(Supplier<Object> facades) {
        this.facades = facades;
    }

    @Override
    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
        return facades.get();
    }

    @Override
    public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
        // a facade holds nothing that needs to be given back
    }
}

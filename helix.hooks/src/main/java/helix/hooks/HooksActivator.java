package helix.hooks;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Puts the hooks up where no launcher does it. Must start before any candidate's consumer: start level 1. */
public final class HooksActivator implements BundleActivator {

    @Override
    public void start(BundleContext context) {
        // The framework takes the registration back when this bundle stops.
        new CandidateHooks().register(context);
    }

    @Override
    public void stop(BundleContext context) {}
}

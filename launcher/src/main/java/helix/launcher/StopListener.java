package helix.launcher;

import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** Tells when the framework begins to stop. */
final class StopListener implements SynchronousBundleListener {

    private final Runnable action;

    StopListener(Runnable action) {
        this.action = action;
    }

    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == 0) {
            action.run();
        }
    }
}

package helix.core.slot;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/**
 * Says when the framework has started what it was to start, so that the slots choose among all candidates and not among
 * those that happen to come first.
 */
final class BootMonitor implements FrameworkListener {

    private final BundleContext context;
    private final Runnable booted;
    private boolean done;

    BootMonitor(BundleContext context, Runnable booted) {
        this.context = context;
        this.booted = booted;
    }

    /** Calls {@code booted} once: now, or when the start level that is being reached is reached. */
    void start() {
        context.addFrameworkListener(this);
        if (!isStarting()) {
            finish();
        }
    }

    void stop() {
        context.removeFrameworkListener(this);
    }

    /** The framework is starting, or on its way through start levels and has just come to the nucleus. */
    private boolean isStarting() {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        if (framework.getState() == Bundle.STARTING) {
            return true;
        }
        int active = framework.adapt(FrameworkStartLevel.class).getStartLevel();
        int own = context.getBundle().adapt(BundleStartLevel.class).getStartLevel();
        return active == own && moreIsToCome(active);
    }

    private boolean moreIsToCome(int active) {
        for (Bundle bundle : context.getBundles()) {
            if (bundle.getBundleId() != 0
                    && bundle.adapt(BundleStartLevel.class).getStartLevel() > active) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED || event.getType() == FrameworkEvent.STARTLEVEL_CHANGED) {
            finish();
        }
    }

    private void finish() {
        synchronized (this) {
            if (done) {
                return;
            }
            done = true;
        }
        booted.run();
    }
}

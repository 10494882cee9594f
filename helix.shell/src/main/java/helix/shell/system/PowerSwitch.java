package helix.shell.system;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the framework, leaving word for the launcher what is to come after. Thread-safe. */
@Component(service = PowerSwitch.class)
public final class PowerSwitch {

    /** The system property that holds the word. */
    public static final String EXIT_PROPERTY = "helix.exit";

    private static final Logger LOG = LoggerFactory.getLogger(PowerSwitch.class);

    /** What comes after the stop. */
    public enum Exit {
        /** The process ends. */
        POWEROFF,
        /** The process ends and is to be started again. */
        REBOOT,
        /** The process ends at once. */
        HALT;

        /** As operators and the launcher spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Callable<Void> stop;

    @Activate
    public PowerSwitch(BundleContext context) {
        this(() -> {
            context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).stop();
            return null;
        });
    }

    /** @param stop stops everything; called on a thread of its own */
    public PowerSwitch(Callable<Void> stop) {
        this.stop = stop;
    }

    /** Begins to stop and returns. */
    public void off(Exit exit) {
        System.setProperty(EXIT_PROPERTY, exit.word());
        // a thread of its own, since stopping waits for the console that asks for it
        new Thread(this::stop, "helix-shutdown").start();
    }

    private void stop() {
        try {
            stop.call();
        } catch (Exception e) {
            LOG.error("The framework could not be stopped", e);
        }
    }
}

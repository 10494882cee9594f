package helix.launcher;

import helix.hooks.CandidateHooks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The framework with the shipped bundles in it.
 *
 * <p><b>Threads.</b> {@link #boot} is called once; {@link #stop} and {@link #awaitStop} by any thread at any time.
 *
 * <p><b>Errors.</b> A shipped bundle that does not start fails the boot. What fails later is told to the operator, one
 * line each, and goes on.
 */
final class Kernel {

    private final Framework framework;
    private final Layout layout;
    private final Distribution distribution;
    private final BootErrors errors;

    private Kernel(Framework framework, Layout layout, Distribution distribution, PrintStream err) {
        this.framework = framework;
        this.layout = layout;
        this.distribution = distribution;
        this.errors = new BootErrors(err);
    }

    /**
     * Makes a kernel that has not been booted.
     *
     * @param config framework properties
     * @param clean forget the cache
     * @param err for messages to the operator
     */
    static Kernel create(
            Layout layout, Distribution distribution, Map<String, String> config, boolean clean, PrintStream err)
            throws LauncherException {
        Map<String, String> settings = new HashMap<>(config);
        try {
            if (clean || !isCacheOf(distribution, layout)) {
                settings.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
                // Written again when all bundles are installed: a boot that dies half way leaves no half cache behind.
                Files.deleteIfExists(layout.cacheOrigin());
            }
        } catch (IOException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot use the cache in " + layout.data() + ": " + e, e);
        }
        // Threads of the framework inherit it, and JLine in a bundle asks the context loader, when there is one, for
        // its
        // terminals: that of the launcher would answer with classes of the launcher.
        Thread.currentThread().setContextClassLoader(null);
        FrameworkFactory factory = ServiceLoader.load(FrameworkFactory.class, Kernel.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new LauncherException(ExitCode.CONFIG, "no OSGi framework on the class path"));
        return new Kernel(factory.newFramework(settings), layout, distribution, err);
    }

    /**
     * Starts everything; returns when the last start level is reached.
     *
     * @param stopping called as soon as the framework begins to stop, whoever asks for it
     */
    void boot(Runnable stopping) throws LauncherException {
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            new CandidateHooks().register(context);
            context.addFrameworkListener(errors);
            context.addBundleListener(new StopListener(stopping));
            for (Distribution.Shipped bundle : distribution.bundles()) {
                install(context, bundle);
            }
            Files.writeString(layout.cacheOrigin(), distribution.fingerprint());
            framework.start();
        } catch (BundleException | IOException | IllegalStateException e) {
            // An illegal state means that the framework was told to stop while it came up.
            throw new LauncherException(ExitCode.FAILED, "boot failed: " + BootErrors.oneLine(e), e);
        }
        failWhenIncomplete();
    }

    private void install(BundleContext context, Distribution.Shipped shipped) throws BundleException {
        String location = shipped.location();
        if (context.getBundle(location) != null) {
            return; // in the cache, in the state in which the operator left it
        }
        Bundle bundle = context.installBundle(location);
        bundle.adapt(BundleStartLevel.class).setStartLevel(shipped.startLevel());
        boolean fragment = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null;
        if (!fragment) {
            bundle.start();
        }
    }

    private void failWhenIncomplete() throws LauncherException {
        List<String> shipped = distribution.bundles().stream()
                .map(Distribution.Shipped::location)
                .toList();
        List<String> failed = errors.bundlesThatFailed(shipped);
        if (!failed.isEmpty()) {
            throw new LauncherException(ExitCode.FAILED, "boot failed: " + failed + " did not start");
        }
    }

    /** Says whether the cache holds exactly this distribution, completely installed. */
    private static boolean isCacheOf(Distribution distribution, Layout layout) throws IOException {
        return Files.exists(layout.cacheOrigin())
                && Files.readString(layout.cacheOrigin()).equals(distribution.fingerprint());
    }

    /**
     * Waits for the end of the framework, whoever asks for it.
     *
     * @param timeout zero waits for ever
     * @return WAIT_TIMEDOUT, or how it stopped
     */
    FrameworkEvent awaitStop(Duration timeout) throws InterruptedException {
        return framework.waitForStop(timeout.toMillis());
    }

    /**
     * Stops the framework and waits.
     *
     * @return false when it did not stop in time
     */
    boolean stop(Duration timeout) throws InterruptedException {
        try {
            framework.stop();
        } catch (BundleException e) {
            errors.tell("stopping: " + BootErrors.oneLine(e));
        }
        return awaitStop(timeout).getType() != FrameworkEvent.WAIT_TIMEDOUT;
    }
}

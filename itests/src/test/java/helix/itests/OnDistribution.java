package helix.itests;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.frameworkStartLevel;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemProperty;

import helix.api.slot.HotSwap;
import helix.api.slot.SlotName;
import helix.api.slot.Slots;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.api.thread.Cpus;
import helix.api.thread.KernelExecutor;
import helix.api.thread.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A test inside the distribution as it is shipped: the same bundles at the same start levels, with an empty data folder of
 * its own. Each test begins with round robin serving the slot {@code scheduler}.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class OnDistribution {

    /** More than anything here should take; a test that waits longer has failed. */
    protected static final long PATIENCE_S = 60;

    private static final int MOST_TRIES = 10;

    protected static final SlotName SCHEDULER = new SlotName("scheduler");

    @Inject
    protected BundleContext context;

    protected HotSwap hotSwap;
    protected Slots slots;
    protected Threads threads;
    protected Cpus cpus;
    protected KernelExecutor executor;
    protected Candidates candidates;

    @Configuration
    public Option[] distribution() {
        Path home = Path.of(System.getProperty("helix.distribution"));
        Path data =
                Path.of(System.getProperty("helix.test.data"), UUID.randomUUID().toString());
        return new Option[] {
            systemProperty("pax.exam.logging").value("none"),
            frameworkStartLevel(100),
            frameworkProperty("helix.home").value(home.toString()),
            frameworkProperty("helix.etc").value(home.resolve("etc").toString()),
            frameworkProperty("helix.data").value(data.toString()),
            frameworkProperty("helix.console").value("none"),
            frameworkProperty("gosh.home").value(home.toString()),
            frameworkProperty("felix.log.level").value("0"),
            frameworkProperty("felix.fileinstall.dir").value(home.resolve("etc").toString()),
            frameworkProperty("felix.fileinstall.filter").value(".*\\.(cfg|config)"),
            frameworkProperty("felix.fileinstall.tmpdir")
                    .value(data.resolve("tmp").toString()),
            frameworkProperty("felix.fileinstall.noInitialDelay").value("true"),
            frameworkProperty("felix.fileinstall.log.level").value("1"),
            frameworkProperty("org.ops4j.pax.logging.DefaultServiceLog.level").value("ERROR"),
            shipped(home.resolve("lib"), 1, "helix.hooks"),
            composite(levels(home.resolve("bundles"))
                    .map(level ->
                            shipped(level, Integer.parseInt(level.getFileName().toString()), ""))
                    .toArray(Option[]::new)),
            composite(more(home)),
            junitBundles()
        };
    }

    /** What a test adds to the distribution. */
    protected Option[] more(Path home) {
        return new Option[0];
    }

    private static Stream<Path> levels(Path bundles) {
        return list(bundles).filter(folder -> folder.getFileName().toString().matches("\\d+"));
    }

    /** The jars of one folder whose names begin with {@code prefix}. */
    protected static Option shipped(Path folder, int startLevel, String prefix) {
        return composite(list(folder)
                .filter(jar -> jar.toString().endsWith(".jar"))
                .filter(jar -> jar.getFileName().toString().startsWith(prefix))
                .map(jar -> bundle("reference:" + jar.toUri()).startLevel(startLevel))
                .toArray(Option[]::new));
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Before
    public void startWithRoundRobin() throws Exception {
        service(Condition.class, "(osgi.condition.id=helix.settled)");
        hotSwap = service(HotSwap.class);
        slots = service(Slots.class);
        threads = service(Threads.class);
        cpus = service(Cpus.class);
        executor = service(KernelExecutor.class);
        candidates = new Candidates(context);
        if (!occupant().startsWith("roundrobin@")) {
            finish(SwapRequest.replace(SCHEDULER, "roundrobin", "test"));
        }
    }

    @After
    public void leaveRoundRobinBehind() throws Exception {
        if (!occupant().startsWith("roundrobin@")) {
            finish(SwapRequest.replace(SCHEDULER, "roundrobin", "test"));
        }
        candidates.close();
    }

    /** Who serves the slot {@code scheduler}, {@code name@version}; empty for nobody. */
    protected final String occupant() {
        return slots.find(SCHEDULER)
                .orElseThrow()
                .occupant()
                .map(Object::toString)
                .orElse("");
    }

    protected final SwapReport swap(String module) throws Exception {
        return finish(SwapRequest.swap(SCHEDULER, module, "test"));
    }

    /**
     * Swaps, and tries again when calls did not leave in time: on a busy machine the thread of a call may be off its
     * processor for longer than a drain lasts, which is what BUSY is for.
     */
    protected final SwapReport swapAtLast(String module) throws Exception {
        SwapReport report = swap(module);
        for (int tries = 1; report.outcome() == SwapOutcome.BUSY && tries < MOST_TRIES; tries++) {
            report = swap(module);
        }
        return report;
    }

    protected final SwapReport finish(SwapRequest request) throws Exception {
        return hotSwap.begin(request).toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    }

    protected final <T> T service(Class<T> type) throws Exception {
        return service(type, "(objectClass=" + type.getName() + ")");
    }

    /** Waits for a service; a tracker is left open on purpose, the test's framework ends with it. */
    protected final <T> T service(Class<T> type, String filter) throws Exception {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(
                context, context.createFilter("(&(objectClass=" + type.getName() + ")" + filter + ")"), null);
        tracker.open();
        T found = tracker.waitForService(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        if (found == null) {
            throw new AssertionError("no service " + type.getName() + " with " + filter + "; bundles: "
                    + Stream.of(context.getBundles())
                            .map(bundle -> bundle.getSymbolicName() + "=" + bundle.getState())
                            .toList());
        }
        return found;
    }

    protected final List<String> helixBundles() {
        return Stream.of(context.getBundles())
                .map(org.osgi.framework.Bundle::getSymbolicName)
                .filter(name -> name.startsWith("helix."))
                .toList();
    }
}

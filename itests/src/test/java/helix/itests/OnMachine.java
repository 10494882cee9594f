package helix.itests;

import static helix.itests.Eventually.eventually;
import static helix.itests.Eventually.spinUntil;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerStats;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapReport;
import helix.api.thread.CpuView;
import helix.api.thread.KernelThread;
import helix.api.thread.Priority;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import helix.api.thread.ThreadView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.After;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** A test on the kernel's threads: can narrow the machine to one CPU, occupy CPUs, and configure schedulers. */
public abstract class OnMachine extends OnDistribution {

    protected static final Duration PATIENCE = Duration.ofSeconds(PATIENCE_S);

    /** The shipped schedulers. */
    protected static final List<String> SCHEDULERS = List.of("roundrobin", "priority");

    private final AtomicBoolean released = new AtomicBoolean();
    private final List<KernelThread<String>> holders = new ArrayList<>();
    private final Map<Configuration, String> configured = new HashMap<>();

    @After
    public void leaveAnIdleMachineBehind() throws Exception {
        releaseCpus();
        cpus.list().forEach(cpu -> cpus.online(cpu.id()));
        for (Map.Entry<Configuration, String> each : configured.entrySet()) {
            each.getKey().delete();
            // else the next test could take these settings for its own
            eventually("the defaults are back", () -> !isThereAScheduler(each.getValue()));
        }
    }

    /** Takes all CPUs offline but the first, so that there is one order in which threads run. */
    protected final CpuId onOneCpu() {
        List<CpuView> all = cpus.list();
        all.stream().skip(1).forEach(cpu -> cpus.offline(cpu.id()));
        eventually(
                "one CPU is left",
                () -> cpus.list().stream().filter(CpuView::online).count() == 1);
        return all.get(0).id();
    }

    /** Keeps a CPU from everybody else, with a thread that computes outside the kernel, until {@link #releaseCpus}. */
    protected final KernelThread<String> occupy(CpuId cpu) throws Exception {
        CountDownLatch runs = new CountDownLatch(1);
        ThreadOptions options = ThreadOptions.named("holder-" + cpu)
                .withAffinity(CpuSet.of(cpu))
                .withPriority(Priority.REAL_TIME);
        KernelThread<String> holder = threads.spawn(options, () -> {
            runs.countDown();
            spinUntil(released);
            return "released";
        });
        holders.add(holder);
        assertTrue(runs.await(PATIENCE_S, TimeUnit.SECONDS));
        return holder;
    }

    protected final void releaseCpus() throws InterruptedException {
        released.set(true);
        for (KernelThread<String> holder : holders) {
            assertEquals("released", holder.join(PATIENCE).orElseThrow());
        }
        holders.clear();
        released.set(false);
    }

    /** Quanta so long that no test sees the end of one, nor a tick that takes a CPU because of it. */
    protected final void withLongQuanta() throws Exception {
        configureRoundRobin(Map.of("base_time_slice_ms", 5_000, "max_time_slice_ms", 10_000));
        configure("helix.scheduler.priority", "time_slice_ms", Map.of("time_slice_ms", 5_000));
    }

    protected final void configureRoundRobin(Map<String, Integer> settings) throws Exception {
        configure("helix.scheduler.roundrobin", "base_time_slice_ms", settings);
    }

    private void configure(String pid, String key, Map<String, Integer> settings) throws Exception {
        Configuration configuration = service(ConfigurationAdmin.class).getConfiguration(pid, "?");
        configuration.update(new Hashtable<>(settings));
        String applied = "(" + key + "=" + settings.get(key) + ")";
        configured.put(configuration, applied);
        eventually(pid + " has " + applied, () -> isThereAScheduler(applied));
    }

    /** Candidates are hidden from all bundles; the framework sees them, with the settings that their instances have. */
    private boolean isThereAScheduler(String filter) {
        BundleContext framework = context.getBundle(0).getBundleContext();
        try {
            ServiceReference<?>[] found = framework.getAllServiceReferences(Scheduler.class.getName(), filter);
            return found != null;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(filter, e);
        }
    }

    protected final SchedulerStats stats() {
        return slots.call(SCHEDULER, Scheduler.class, Scheduler::stats);
    }

    protected final ThreadView view(ThreadId id) {
        return threads.list().stream()
                .filter(thread -> thread.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    protected static void awaitState(KernelThread<?> thread, ThreadState state) {
        eventually("thread " + thread.id() + " is " + state, () -> thread.state() == state);
    }

    protected final void swapWithState(String module) throws Exception {
        SwapReport report = swap(module);
        assertTrue(report.toString(), report.isSwapped());
        assertEquals(report.toString(), StateOutcome.BY_REFERENCE, report.state());
    }

    protected static <V> void joinAll(List<KernelThread<V>> all) throws Exception {
        for (KernelThread<V> thread : all) {
            thread.join(PATIENCE);
            assertEquals(ThreadState.DEAD, thread.state());
        }
    }
}

package helix.core.thread;

import helix.api.hal.TickSource;
import helix.api.kernel.CpuId;
import helix.api.module.ModuleCategory;
import helix.api.scheduler.Scheduler;
import helix.api.slot.SlotName;
import helix.api.thread.SwitchHook;
import helix.api.thread.Threads;
import helix.core.slot.KernelSlots;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's threads as a service: one machine over the slot {@code scheduler}, with whatever tick source there is.
 * Thread-safe. Without a tick source there are no ticks: nothing is preempted and no sleep ends, the rest works.
 */
@Component(
        service = {Threads.class, ThreadService.class},
        configurationPid = "helix.threads",
        immediate = true)
@Designate(ocd = ThreadSettings.class)
public final class ThreadService extends KernelThreads {

    static final SlotName SCHEDULER = new SlotName("scheduler");

    private static final Logger LOG = LoggerFactory.getLogger(ThreadService.class);
    private static final int DEFAULT_HZ = 1_000;
    private static final int MAX_HZ = 1_000_000;

    private final long periodNs;
    private TickSource source;
    private TickSource.Ticks ticks;

    /** Made by the component runtime. */
    @Activate
    public ThreadService(@Reference KernelSlots slots, ThreadSettings settings) {
        super(new Machine(
                read(settings),
                new KernelClock(System::nanoTime),
                keeper -> slots.passage(SCHEDULER, Scheduler.class, ModuleCategory.SCHEDULER, keeper),
                Thread::start));
        this.periodNs = period(settings.tick__hz());
        slots.tickCounter(kernel().tick()::ticks);
    }

    /** Settings that make no sense are said and not used: a kernel with others serves better than none. */
    private static MachineSettings read(ThreadSettings settings) {
        int host = Math.min(Runtime.getRuntime().availableProcessors(), CpuId.MAX_CPUS);
        try {
            return new MachineSettings(
                    settings.cpus() == 0 ? host : settings.cpus(),
                    settings.max__zombies(),
                    settings.max__carriers(),
                    Duration.ofSeconds(settings.idle__carrier__s()));
        } catch (IllegalArgumentException e) {
            LOG.error("The kernel's threads go with the default settings, because of theirs: {}", e.getMessage());
            return new MachineSettings(host, 1_024, 4_096, Duration.ofSeconds(10));
        }
    }

    private static long period(int hz) {
        int used = hz;
        if (hz < 1 || hz > MAX_HZ) {
            LOG.error("tick_hz {} is not in 1..{}, the kernel ticks at {} Hz", hz, MAX_HZ, DEFAULT_HZ);
            used = DEFAULT_HZ;
        }
        return TimeUnit.SECONDS.toNanos(1) / used;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    synchronized void setTickSource(TickSource newSource) {
        stopTicks();
        source = newSource;
        kernel().clock().follow(newSource::nowNs);
        ticks = newSource.start(periodNs, nowNs -> kernel().tick().tick());
    }

    synchronized void unsetTickSource(TickSource oldSource) {
        if (source == oldSource) {
            stopTicks();
            source = null;
            kernel().clock().follow(System::nanoTime);
        }
    }

    private void stopTicks() {
        if (ticks != null) {
            ticks.close();
            ticks = null;
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addSwitchHook(SwitchHook hook, Map<String, Object> properties) {
        kernel().hooks().add(hook, properties.get(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0);
    }

    void removeSwitchHook(SwitchHook hook) {
        kernel().hooks().remove(hook);
    }

    @Deactivate
    synchronized void deactivate() {
        stopTicks();
        kernel().close();
    }
}

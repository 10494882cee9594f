package helix.core.thread;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's part in a timer tick: wakes sleepers, offers stranded threads again, asks the scheduler about each
 * running thread, and takes CPUs from threads that wait or overrun outside the kernel. One thread at a time; it never
 * waits. While the gate of the scheduler is closed the whole tick is left out, and counted.
 */
final class KernelTick {

    private static final Logger LOG = LoggerFactory.getLogger(KernelTick.class);

    private final CpuBank cpus;
    private final SchedulerPort port;
    private final CpuFeeder feeder;
    private final ContextSwitcher switcher;
    private final Sleepers sleepers;
    private final StallWatch stalls;
    private final Counters counters;
    private final LongSupplier clock;
    private final AtomicLong ticks = new AtomicLong();

    KernelTick(
            CpuBank cpus,
            SchedulerPort port,
            CpuFeeder feeder,
            ContextSwitcher switcher,
            Sleepers sleepers,
            Counters counters,
            LongSupplier clock) {
        this.cpus = cpus;
        this.port = port;
        this.feeder = feeder;
        this.switcher = switcher;
        this.sleepers = sleepers;
        this.stalls = new StallWatch(cpus, port);
        this.counters = counters;
        this.clock = clock;
    }

    /** How many there were. */
    long ticks() {
        return ticks.get();
    }

    StallWatch stalls() {
        return stalls;
    }

    void tick() {
        ticks.incrementAndGet();
        try {
            long nowNs = clock.getAsLong();
            if (port.tryEnter()) {
                try {
                    sleepers.wakeDue(nowNs, switcher);
                    cpus.cpus().forEach(cpu -> visit(cpu, nowNs));
                    feedIdle();
                } finally {
                    port.leave();
                }
            } else {
                counters.deferredTicks.increment();
            }
            stalls.look(nowNs);
        } catch (Throwable e) {
            LOG.error("A kernel tick failed", e);
        }
    }

    /** Offers stranded threads and idle CPUs to each other and to the scheduler, if it can be reached. */
    void kick() {
        if (port.tryEnter()) {
            try {
                feedIdle();
            } finally {
                port.leave();
            }
        }
    }

    private void feedIdle() {
        port.revive();
        if (port.held() > 0) {
            feeder.pokeAll();
        }
    }

    private void visit(Cpu cpu, long nowNs) {
        ControlBlock thread = cpu.current();
        Carrier carrier = thread == null ? null : thread.carrier();
        if (carrier == null) {
            return;
        }
        if (!carrier.tryHold()) {
            cpu.markTickMissed();
        } else if (carrier.thread() != thread || carrier.cpu() != cpu) {
            carrier.letGo();
        } else if (isWaiting(carrier)) {
            switcher.take(cpu, carrier, false, nowNs);
        } else if (port.held() > 0 && cpu.isOverrun(nowNs)) {
            switcher.take(cpu, carrier, true, nowNs);
        } else {
            ask(cpu, nowNs);
            carrier.letGo();
        }
    }

    private static boolean isWaiting(Carrier carrier) {
        return switch (carrier.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    private void ask(Cpu cpu, long nowNs) {
        if (port.tick(cpu, nowNs) || cpu.isLeaving()) {
            cpu.ask(nowNs);
        }
    }
}

package helix.core.thread;

import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.scheduler.Scheduler;
import helix.api.thread.ThreadOptions;
import helix.core.slot.Passage;
import helix.core.slot.StateKeeper;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The kernel's threads and CPUs as one object: puts the parts together and starts threads. Thread-safe.
 *
 * <p>The parts, from the outside in: {@link Waits} and {@link Steering} are what threads do to themselves and to each
 * other, {@link KernelEntry} is where user code meets the kernel, {@link ContextSwitcher} takes threads off CPUs,
 * {@link CpuFeeder} finds the next, {@link SchedulerPort} asks the scheduler, {@link KernelTick} is the clock's hand.
 */
final class Machine {

    private final Counters counters = new Counters();
    private final ThreadTable table = new ThreadTable();
    private final Hooks hooks = new Hooks(counters);
    private final KernelClock clock;
    private final CpuBank cpus;
    private final SchedulerPort port;
    private final Carriers carriers;
    private final CpuFeeder feeder;
    private final Exits exits;
    private final KernelEntry entry;
    private final Steering steering;
    private final Waits waits;
    private final KernelTick tick;

    /**
     * @param slot makes the passage to the scheduler, given the keeper of its state
     * @param starter starts a Java thread; may throw OutOfMemoryError
     */
    Machine(
            MachineSettings settings,
            KernelClock clock,
            Function<StateKeeper, Passage<Scheduler>> slot,
            Consumer<Thread> starter) {
        this.clock = clock;
        cpus = new CpuBank(settings.cpus());
        Holdings holdings = new Holdings(table);
        Passage<Scheduler> passage = slot.apply(new QueueKeeper(cpus, table, holdings, counters));
        port = new SchedulerPort(new SchedulerDoor(passage, counters), table, holdings, clock);
        carriers = new Carriers(settings.maxCarriers(), settings.idleCarrier(), starter, counters);
        feeder = new CpuFeeder(cpus, port, carriers, hooks, clock);
        exits = new Exits(table, settings.maxZombies());
        ContextSwitcher switcher = new ContextSwitcher(feeder, port, clock, counters);
        entry = new KernelEntry(switcher, feeder, port, exits, clock);
        carriers.enterBy(entry);
        steering = new Steering(switcher, port, exits);
        Sleepers sleepers = new Sleepers();
        waits = new Waits(switcher, sleepers, entry, clock);
        tick = new KernelTick(cpus, port, feeder, switcher, sleepers, counters, clock);
    }

    ThreadTable table() {
        return table;
    }

    CpuBank cpus() {
        return cpus;
    }

    KernelClock clock() {
        return clock;
    }

    Hooks hooks() {
        return hooks;
    }

    Counters counters() {
        return counters;
    }

    Carriers carriers() {
        return carriers;
    }

    Exits exits() {
        return exits;
    }

    Steering steering() {
        return steering;
    }

    Waits waits() {
        return waits;
    }

    KernelTick tick() {
        return tick;
    }

    /**
     * Gives a new thread to the scheduler.
     *
     * @throws KernelException NOT_SUPPORTED when the scheduler does not admit it; INVALID_ARGUMENT when it names
     *     no CPU of this machine
     */
    void start(ControlBlock thread) {
        requireCpu(thread.affinity().mask());
        port.enlist(thread);
        feeder.poke(thread);
    }

    /** A Java thread that is a kernel thread from its start on. Refused as {@link #start} does. */
    Thread newThread(ThreadOptions options, Runnable target) {
        FactoryThread thread = new FactoryThread(table.nextNumber(), options, target);
        requireCpu(thread.affinity().mask());
        port.admit(thread);
        return new BoundCarrier(thread, entry);
    }

    private void requireCpu(long affinity) {
        if ((affinity & cpus.all().mask()) == 0) {
            throw new KernelException(
                    ErrorCode.INVALID_ARGUMENT,
                    "affinity " + new CpuSet(affinity) + " names no CPU of this kernel, have " + cpus.all());
        }
    }

    /** Runs {@code action} as a kernel entry when the caller is a kernel thread outside the kernel. */
    void inKernel(Runnable action) {
        Carrier self = waits.current();
        if (self == null) {
            action.run();
            return;
        }
        self.enter();
        try {
            action.run();
        } finally {
            self.exit();
        }
    }

    /**
     * Takes a CPU out of use.
     *
     * @throws KernelException INVALID_STATE when it is the last one
     */
    synchronized void offline(Cpu cpu) {
        boolean last = cpus.cpus().stream().noneMatch(other -> other != cpu && !other.isLeaving());
        if (last) {
            throw new KernelException(ErrorCode.INVALID_STATE, "CPU " + cpu.id() + " is the last one online and stays");
        }
        cpu.setLeaving(true);
        cpu.markPreempt();
        feeder.dismiss(cpu);
    }

    /** Puts a CPU back into use. */
    synchronized void online(Cpu cpu) {
        cpu.setLeaving(false);
        feeder.callBack(cpu);
    }

    /** Has spare carriers end. Threads that run go on. */
    void close() {
        carriers.close();
    }

    /** Threads in the scheduler's hands. */
    long held() {
        return port.held();
    }

    /** Threads that no scheduler would take so far. */
    long stranded() {
        return port.stranded();
    }
}

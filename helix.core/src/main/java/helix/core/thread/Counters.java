package helix.core.thread;

import java.util.concurrent.atomic.LongAdder;

/** What the machine counts besides what belongs to one CPU or one thread. Thread-safe. */
final class Counters {

    /** CPUs taken from threads that waited outside the kernel. */
    final LongAdder lostCpus = new LongAdder();
    /** CPUs taken from threads that overran. */
    final LongAdder compensated = new LongAdder();
    /** Ticks that found the gate closed. */
    final LongAdder deferredTicks = new LongAdder();
    /** Calls of the scheduler that threw, and threads it returned that could not run. */
    final LongAdder schedulerFaults = new LongAdder();
    /** Schedulers filled from the thread table. */
    final LongAdder refills = new LongAdder();
    /** Threads that were picked and put back because no carrier could be had for them. */
    final LongAdder carrierShortages = new LongAdder();
    /** Calls of switch hooks that threw. */
    final LongAdder hookFaults = new LongAdder();
}

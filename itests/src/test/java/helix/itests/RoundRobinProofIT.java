package helix.itests;

import static helix.itests.Eventually.eventually;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.scheduler.SchedulerState;
import helix.api.slot.SwapReport;
import helix.api.thread.CpuView;
import helix.api.thread.KernelThread;
import helix.api.thread.MachineView;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.Test;

/**
 * What round robin promises, letter by letter, as far as it shows on a running kernel. The table of quanta (a) with its
 * boundaries and limits is proved in {@code RoundRobinSettingsTest} of {@code helix.scheduler.roundrobin}: {@code
 * shouldScaleTheQuantumByTheTableOfLevels}, {@code shouldClampTheScaledQuantum}; here two of its rows are seen to be what a
 * running thread gets.
 */
public class RoundRobinProofIT extends OnMachine {

    // ---- a: quanta

    @Test
    public void a_shouldGiveARunningThreadTheQuantumOfItsPriority() throws Exception {
        configureRoundRobin(Map.of("base_time_slice_ms", 1_000, "max_time_slice_ms", 10_000));
        CpuId cpu = onOneCpu();
        occupy(cpu);
        // real time, priority 50, is level 89 of the table
        assertEquals(1_500, quantumMs(onlyCurrent(inspect())));
    }

    // ---- b: new threads

    @Test
    public void b_shouldRunANewThreadWithoutFurtherAdo() throws Exception {
        KernelThread<String> fresh = threads.spawn(ThreadOptions.named("fresh"), () -> "ran");

        assertEquals("ran", fresh.join(PATIENCE).orElseThrow());
    }

    // ---- c: conservation

    @Test
    public void c_shouldRunEachOfManyThreadsAsOftenAsItAsksForThroughSwaps() throws Exception {
        int count = 500;
        int turns = 20;
        List<AtomicInteger> taken =
                IntStream.range(0, count).mapToObj(i -> new AtomicInteger()).toList();
        List<KernelThread<Boolean>> all = new ArrayList<>();
        for (AtomicInteger mine : taken) {
            all.add(threads.spawn(ThreadOptions.named("counted"), () -> takeTurns(mine, turns)));
        }
        for (int i = 0; i < 5; i++) {
            swapWithState("roundrobin");
        }
        joinAll(all);

        assertTrue(taken.stream().allMatch(mine -> mine.get() == turns));
        eventually("every CPU is idle", () -> stats().running() == 0);
        assertEquals(0, stats().ready());
        MachineView machine = threads.machine();
        assertEquals(machine.toString(), 0, machine.ready() + machine.running() + machine.waiting());
        assertEquals(machine.toString(), 0, machine.schedulerFaults());
    }

    private boolean takeTurns(AtomicInteger mine, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            mine.incrementAndGet();
            threads.yield();
        }
        return true;
    }

    // ---- d: balance

    @Test
    public void d_shouldEvenTheQueuesOutWithinTheInterval() throws Exception {
        withLongQuanta();
        List<CpuId> all = cpus.list().stream().map(CpuView::id).toList();
        for (CpuId cpu : all) {
            occupy(cpu);
        }
        int perCpu = 12;
        List<KernelThread<Boolean>> queued = new ArrayList<>();
        for (int i = 0; i < perCpu * all.size(); i++) {
            queued.add(threads.spawn(ThreadOptions.named("q" + i), () -> true));
        }
        long migrations = stats().migrations();
        // new threads are spread evenly, so the end of all but the first CPU's makes one queue long and the others
        // empty
        for (int i = 0; i < queued.size(); i++) {
            if (i % all.size() != 0) {
                queued.get(i).kill();
            }
        }
        long expected = (long) perCpu * (all.size() - 1) / all.size();
        eventually("threads have moved", () -> stats().migrations() - migrations >= expected);

        QueueInspector found = inspect();

        int[] lengths = all.stream().mapToInt(found::length).toArray();
        int longest = IntStream.of(lengths).max().orElseThrow();
        int shortest = IntStream.of(lengths).min().orElseThrow();
        assertTrue(longest + " and " + shortest, longest - shortest <= 1);
        assertEquals(perCpu, IntStream.of(lengths).sum());
    }

    // ---- e: affinity

    @Test
    public void e_shouldRunAThreadOnlyWhereItMay() throws Exception {
        for (CpuId cpu : cpus.list().stream().map(CpuView::id).toList()) {
            List<CpuId> seen = new CopyOnWriteArrayList<>();
            ThreadOptions pinned = ThreadOptions.named("pinned").withAffinity(CpuSet.of(cpu));
            List<KernelThread<Boolean>> all = new ArrayList<>();
            all.add(threads.spawn(pinned, () -> noteCpus(seen)));
            for (int i = 0; i < 10; i++) {
                AtomicInteger mine = new AtomicInteger();
                all.add(threads.spawn(ThreadOptions.DEFAULT, () -> takeTurns(mine, 100)));
            }
            swapWithState("roundrobin");
            joinAll(all);

            assertEquals(List.of(cpu), seen.stream().distinct().toList());
        }
    }

    private boolean noteCpus(List<CpuId> seen) {
        for (int turn = 0; turn < 50; turn++) {
            ThreadView mine = view(threads.current().orElseThrow());
            mine.cpu().ifPresent(seen::add);
            threads.yield();
        }
        return true;
    }

    // ---- f: hot swap

    @Test
    public void f_shouldKeepOrderCurrentAndQuantumThroughARestart() throws Exception {
        withLongQuanta();
        CpuId cpu = onOneCpu();
        KernelThread<String> holder = occupy(cpu);
        List<Integer> order = new CopyOnWriteArrayList<>();
        List<KernelThread<Boolean>> queued = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            queued.add(threads.spawn(ThreadOptions.DEFAULT, () -> order.add(number)));
        }

        swapWithState("roundrobin");
        swapWithState("roundrobin");
        // a lost quantum would be begun anew with this one
        configureRoundRobin(Map.of("base_time_slice_ms", 100, "max_time_slice_ms", 10_000));
        SchedulerState.Current current = onlyCurrent(inspect());

        assertEquals(holder.id(), current.thread().id());
        assertEquals(cpu, current.cpu());
        assertEquals(7_500, quantumMs(current));
        releaseCpus();
        joinAll(queued);
        assertEquals(IntStream.range(0, 100).boxed().toList(), order);
    }

    // ---- g: settings

    @Test
    public void g_shouldCutSlicesByANewSettingWhileThreadsRun() throws Exception {
        onOneCpu();
        configureRoundRobin(Map.of("base_time_slice_ms", 100));
        long slow = msForPreemptions(6);

        configureRoundRobin(Map.of("base_time_slice_ms", 2));
        long quick = msForPreemptions(6);

        // a priority of 120 is level 19 of the table, which halves the base; the first and the last may be cut short
        assertTrue(slow + " ms", slow >= 4 * 50);
        assertTrue(quick + " ms, before " + slow, quick < slow);
    }

    /** How long two threads that compute all the time need to be preempted so often. */
    private long msForPreemptions(int count) throws Exception {
        CpuId cpu = cpus.list().get(0).id();
        long end = preemptions(cpu) + count;
        long startNs = System.nanoTime();
        List<KernelThread<Boolean>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(threads.spawn(ThreadOptions.DEFAULT, () -> {
                eventually("preemptions", () -> preemptions(cpu) >= end);
                return true;
            }));
        }
        joinAll(both);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    /** A kernel entry, too. */
    private long preemptions(CpuId cpu) {
        threads.checkpoint();
        return cpus.list().get(cpu.number()).preemptions();
    }

    // ---- looking inside

    /** Puts an inspector into the slot; it has seen what round robin held at that moment. */
    private QueueInspector inspect() throws Exception {
        AtomicReference<QueueInspector> made = new AtomicReference<>();
        candidates.offer("inspector", () -> {
            made.set(new QueueInspector());
            return made.get();
        });
        SwapReport report = swap("inspector");
        assertTrue(report.toString(), report.isSwapped());
        return made.get();
    }

    private static SchedulerState.Current onlyCurrent(QueueInspector found) {
        assertEquals(found.current().toString(), 1, found.current().size());
        return found.current().get(0);
    }

    private static long quantumMs(SchedulerState.Current current) {
        return TimeUnit.NANOSECONDS.toMillis(current.quantumEndNs() - current.sinceNs());
    }
}

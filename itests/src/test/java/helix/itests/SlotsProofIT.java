package helix.itests;

import static helix.itests.Eventually.eventually;
import static helix.itests.Eventually.spinUntil;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import helix.api.hal.TickHandler;
import helix.api.kernel.CpuId;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleCategory;
import helix.api.module.ModuleVersion;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerStats;
import helix.api.slot.SlotName;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotUnavailableException;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.Assert;
import org.junit.Test;

/**
 * What a hot swap promises, letter by letter: a to e and h. That other slots are usable meanwhile (f) is shown by {@link
 * FailingSwapIT}, failures in each step (g) by {@link SlotsRollbackProofIT}, the operator's side by {@link
 * SlotsOperationProofIT}.
 */
public class SlotsProofIT extends OnSlotOfItsOwn {

    private static final int SWAPS = 200;
    private static final int CALLERS = 2;
    private static final int CALLS_IN_A_ROW = 1_000;
    private static final long PAUSE_NS = 50_000;

    // ---- a: the steps

    @Test
    public void a_shouldTakeBothModulesThroughTheStepsInOrder() throws Exception {
        SlotName slot = new SlotName("steps");
        serve(slot, "old").tick(7);
        offer(slot, "new");
        trace.clear();

        SwapReport report = swap(slot, "new");

        assertEquals(
                List.of(
                        "old.canUnload",
                        "new.init",
                        "new.start",
                        "old.prepareUnload",
                        "old.exportState",
                        "new.importState",
                        "new.health",
                        "old.stop"),
                trace);
        assertEquals(SwapOutcome.SWAPPED, report.outcome());
        assertEquals(StateOutcome.BY_REFERENCE, report.state());
        assertEquals(
                List.of(SwapPhase.values()), new ArrayList<>(report.phaseNs().keySet()));
        assertServes(slot, "new");
        assertEquals(7, sum(slot));
    }

    // ---- b: init fails

    @Test
    public void b_shouldKeepTheOldModuleAndItsStateWhenInitFails() throws Exception {
        SlotName slot = new SlotName("init");
        TickHandler facade = serve(slot, "old");
        facade.tick(7);
        offer(slot, "bad", SlotsProofIT::failInInit);
        trace.clear();

        SwapReport report = swap(slot, "bad");

        assertEquals(SwapOutcome.ROLLED_BACK, report.outcome());
        assertEquals(ErrorCode.INIT_FAILED, report.failure().orElseThrow().code());
        assertEquals("old was not even asked to rest", List.of("old.canUnload"), trace);
        assertServes(slot, "old");
        facade.tick(1);
        assertEquals(8, sum(slot));
    }

    @Test
    public void b_shouldKeepTheCurrentThreadAndTheCountersOfTheSchedulerWhenInitFails() throws Exception {
        candidates.offer("bad", () -> new ListScheduler() {
            @Override
            public void init() throws Exception {
                throw new IllegalStateException("no good");
            }
        });
        CountDownLatch runs = new CountDownLatch(1);
        AtomicBoolean end = new AtomicBoolean();
        KernelThread<String> current = threads.spawn(ThreadOptions.named("current"), () -> {
            runs.countDown();
            spinUntil(end);
            return "done";
        });
        assertTrue(runs.await(PATIENCE_S, TimeUnit.SECONDS));
        SchedulerStats counters = schedulerStats();
        Optional<CpuId> cpu = cpuOf(current.id());

        SwapReport report = swap("bad");

        assertEquals(ErrorCode.INIT_FAILED, report.failure().orElseThrow().code());
        assertTrue(occupant().startsWith("roundrobin@"));
        assertEquals(counters, schedulerStats());
        assertEquals(cpu, cpuOf(current.id()));
        assertTrue(cpu.isPresent());
        end.set(true);
        assertEquals("done", current.join(Duration.ofSeconds(PATIENCE_S)).orElseThrow());
    }

    private SchedulerStats schedulerStats() {
        return slots.call(SCHEDULER, Scheduler.class, Scheduler::stats);
    }

    private Optional<CpuId> cpuOf(ThreadId id) {
        return threads.list().stream()
                .filter(thread -> thread.id().equals(id))
                .findFirst()
                .flatMap(thread -> thread.cpu());
    }

    private static void failInInit(String step) {
        if (step.endsWith(".init")) {
            throw new IllegalStateException("no good");
        }
    }

    // ---- c: import fails

    @Test
    public void c_shouldServeWithAFreshSuccessorWhenTheImportFailsAndTheSlotSaysSo() throws Exception {
        SlotName slot = new SlotName("fresh");
        configure(slot, Map.of("import_policy", "START_FRESH"));
        TickHandler facade = serve(slot, "old");
        facade.tick(7);
        offer(slot, "forgetful", step -> {
            if (step.endsWith(".importState")) {
                throw new IllegalStateException("cannot read that");
            }
        });

        SwapReport report = swap(slot, "forgetful");

        assertEquals(SwapOutcome.SWAPPED, report.outcome());
        assertEquals(StateOutcome.FRESH, report.state());
        assertEquals(
                ErrorCode.STATE_MIGRATION_FAILED, report.failure().orElseThrow().code());
        assertServes(slot, "forgetful");
        facade.tick(1);
        assertEquals(1, sum(slot));
    }

    // ---- d: refusals

    @Test
    public void d_shouldRefuseAModuleOfAnotherCategory() throws Exception {
        SlotName slot = new SlotName("category");
        hotSwap.createSlot(slot, ModuleCategory.FILESYSTEM);
        serve(slot, "files");
        offer(slot, "driver", () -> new TracedModule("driver", trace::add), Map.of("helix.category", "DRIVER"));

        KernelException refused = assertRefused(ErrorCode.CATEGORY_MISMATCH, SwapRequest.swap(slot, "driver", "test"));

        assertEquals("slot 'category' is for FILESYSTEM, driver@1.0.0 is DRIVER", refused.getMessage());
        assertRefused(ErrorCode.CATEGORY_MISMATCH, SwapRequest.replace(slot, "driver", "test"));
    }

    @Test
    public void d_shouldRefuseToSwapOrUnloadWhatIsEmpty() throws Exception {
        SlotName slot = new SlotName("emptied");
        TickHandler facade = serve(slot, "old");
        assertTrue(finish(SwapRequest.unload(slot, "test")).isSwapped());

        assertRefused(ErrorCode.SLOT_EMPTY, SwapRequest.swap(slot, "old", "test"));
        assertRefused(ErrorCode.SLOT_EMPTY, SwapRequest.unload(slot, "test"));
        SlotUnavailableException unserved = Assert.assertThrows(SlotUnavailableException.class, () -> facade.tick(1));
        assertEquals(ErrorCode.SLOT_EMPTY, unserved.code());
    }

    @Test
    public void d_shouldNameTheAlternativesToAnUnknownSlotOrModule() throws Exception {
        SlotName slot = new SlotName("known");
        serve(slot, "old");
        offer(slot, "new");

        KernelException noSlot =
                assertRefused(ErrorCode.NOT_FOUND, SwapRequest.swap(new SlotName("nosuch"), "new", "test"));
        assertTrue(noSlot.getMessage(), noSlot.getMessage().startsWith("no slot 'nosuch', have ["));
        assertTrue(noSlot.getMessage(), noSlot.getMessage().contains("known"));
        KernelException noModule = assertRefused(ErrorCode.NOT_FOUND, SwapRequest.swap(slot, "nosuch", "test"));
        assertEquals("no module 'nosuch' for slot 'known', have [new, old]", noModule.getMessage());
        assertRefused(ErrorCode.ALREADY_LOADED, SwapRequest.load(slot, "new", "test"));
    }

    @Test
    public void d_shouldHeedAModuleThatCannotBeUnloadedUnlessItIsReplaced() throws Exception {
        SlotName slot = new SlotName("busy");
        offer(
                slot,
                "stubborn",
                () -> new TracedModule("stubborn", trace::add) {
                    @Override
                    public boolean canUnload() {
                        return false;
                    }
                },
                Map.of());
        facade(slot).tick(7);
        offer(slot, "new");

        assertRefused(ErrorCode.MODULE_BUSY, SwapRequest.swap(slot, "new", "test"));
        assertRefused(ErrorCode.MODULE_BUSY, SwapRequest.unload(slot, "test"));
        assertEquals(7, sum(slot));
        assertTrue(finish(SwapRequest.replace(slot, "new", "test")).isSwapped());
        assertServes(slot, "new");
    }

    @Test
    public void d_shouldRefuseOlderVersionsAndOtherMajorsOfTheSameModuleUnlessForced() throws Exception {
        SlotName slot = new SlotName("versions");
        offerVersion(slot, "1.5.0");
        facade(slot);
        offerVersion(slot, "1.4.0");
        offerVersion(slot, "2.0.0");
        offerVersion(slot, "1.6.0");

        assertRefused(ErrorCode.VERSION_MISMATCH, toVersion(slot, "1.4.0"));
        assertRefused(ErrorCode.VERSION_MISMATCH, toVersion(slot, "2.0.0"));
        assertTrue(finish(toVersion(slot, "1.6.0")).isSwapped());
        assertTrue(finish(toVersion(slot, "1.4.0").withForce(true)).isSwapped());
        assertEquals("module@1.4.0", view(slot).occupant().orElseThrow().toString());
    }

    private void offerVersion(SlotName slot, String version) {
        offer(slot, "module", () -> new TracedModule(version, trace::add), Map.of("helix.module.version", version));
    }

    private static SwapRequest toVersion(SlotName slot, String version) {
        return SwapRequest.swap(slot, "module", "test").withVersion(ModuleVersion.parse(version));
    }

    // ---- e: callers

    @Test
    public void d_shouldNotFillASlotByItselfWithAModuleOfAnotherCategory() throws Exception {
        SlotName slot = new SlotName("unfilled");
        hotSwap.createSlot(slot, ModuleCategory.FILESYSTEM);
        offer(slot, "driver", () -> new TracedModule("driver", trace::add), Map.of("helix.category", "DRIVER"));

        serve(slot, "files");
    }

    @Test
    public void e_shouldServeEveryCallDuringTwoHundredSwaps() throws Exception {
        SlotName slot = new SlotName("load");
        TickHandler facade = serve(slot, "one");
        offer(slot, "other");
        AtomicBoolean end = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        List<Future<Long>> calls = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            calls.add(callers.submit(() -> callUntil(end, facade)));
        }
        eventually("the callers have begun", () -> sum(slot) > 0);

        for (int i = 0; i < SWAPS; i++) {
            SwapReport report = swap(slot, i % 2 == 0 ? "other" : "one");
            assertEquals(report.toString(), SwapOutcome.SWAPPED, report.outcome());
            assertEquals(report.toString(), StateOutcome.BY_REFERENCE, report.state());
        }
        end.set(true);
        callers.shutdown();

        long made = 0;
        for (Future<Long> each : calls) {
            made += each.get(PATIENCE_S, TimeUnit.SECONDS);
        }
        assertEquals("each call counted once, and carried through every swap", made, sum(slot));
        assertEquals(SWAPS + 1L, view(slot).swaps());
    }

    /** A call that finds nobody throws, and fails the test through the caller's future. */
    private static long callUntil(AtomicBoolean end, TickHandler facade) {
        long made = 0;
        while (!end.get()) {
            facade.tick(1);
            made++;
            if (made % CALLS_IN_A_ROW == 0) {
                // on a machine with few processors the swapper would get little of them
                LockSupport.parkNanos(PAUSE_NS);
            }
        }
        return made;
    }

    // ---- h: a failed load

    @Test
    public void h_shouldLoadAnotherModuleAfterALoadThatFailed() throws Exception {
        SlotName slot = emptySlotWithABadModule("reload");
        TickHandler facade = facade(slot);
        SwapReport failed = finish(SwapRequest.load(slot, "bad", "test"));
        assertEquals(SwapOutcome.FAILED, failed.outcome());
        assertEquals(SlotStatus.FAILED, view(slot).status());
        assertTrue(view(slot).remark(), view(slot).remark().contains("no good"));

        assertTrue(finish(SwapRequest.load(slot, "good", "test")).isSwapped());

        assertServes(slot, "good");
        facade.tick(1);
        assertEquals(1, sum(slot));
    }

    @Test
    public void h_shouldEmptyTheSlotOfALoadThatFailed() throws Exception {
        SlotName slot = emptySlotWithABadModule("unload");
        finish(SwapRequest.load(slot, "bad", "test"));

        assertTrue(finish(SwapRequest.unload(slot, "test")).isSwapped());

        assertEquals(SlotStatus.EMPTY, view(slot).status());
        assertEquals("", view(slot).remark());
        assertTrue(finish(SwapRequest.load(slot, "good", "test")).isSwapped());
        assertServes(slot, "good");
    }

    private SlotName emptySlotWithABadModule(String name) throws Exception {
        SlotName slot = new SlotName(name);
        serve(slot, "good");
        assertTrue(finish(SwapRequest.unload(slot, "test")).isSwapped());
        offer(slot, "bad", SlotsProofIT::failInInit);
        return slot;
    }
}

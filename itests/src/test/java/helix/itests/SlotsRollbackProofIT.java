package helix.itests;

import static helix.itests.Eventually.spinUntil;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import helix.api.hal.TickHandler;
import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotName;
import helix.api.slot.SlotStatus;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.Test;

/**
 * Letter g of what a hot swap promises: whatever module code does in a step - throw, be ill, hang - the old module serves on
 * with its state.
 */
public class SlotsRollbackProofIT extends OnSlotOfItsOwn {

    private static final Map<String, Object> IMPATIENT =
            Map.of("phase_timeout_ms", 500, "drain_timeout_ms", 200, "import_policy", "ROLL_BACK");

    private enum Step {
        INIT("new.init", SwapPhase.PREPARE, ErrorCode.INIT_FAILED),
        START("new.start", SwapPhase.PREPARE, ErrorCode.INIT_FAILED),
        PREPARE_UNLOAD("old.prepareUnload", SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED),
        EXPORT("old.exportState", SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED),
        IMPORT("new.importState", SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED),
        HEALTH("new.health", SwapPhase.PROBE, ErrorCode.UNHEALTHY);

        private final String name;
        private final SwapPhase phase;
        private final ErrorCode code;

        Step(String name, SwapPhase phase, ErrorCode code) {
            this.name = name;
            this.phase = phase;
            this.code = code;
        }
    }

    /** What both modules of a test do when they come to a step. */
    private final AtomicReference<Consumer<String>> fault = new AtomicReference<>(step -> {});

    private void traceAndFail(String step) {
        trace.add(step);
        fault.get().accept(step);
    }

    /** A slot served by a module that has been called seven times. */
    private TickHandler begin(SlotName slot) throws Exception {
        configure(slot, IMPATIENT);
        offer(slot, "old", this::traceAndFail);
        TickHandler facade = facade(slot);
        facade.tick(7);
        offer(slot, "new", this::traceAndFail);
        return facade;
    }

    @Test
    public void g_shouldGoBackToTheOldModuleWhenAnyStepThrows() throws Exception {
        SlotName slot = new SlotName("throwing");
        TickHandler facade = begin(slot);
        for (Step step : Step.values()) {
            failIn(step, () -> {
                throw new IllegalStateException("thrown in " + step);
            });

            SwapReport report = swap(slot, "new");

            assertRolledBack(slot, report, step, step.code);
            assertTrue(report.failure().orElseThrow().message().contains("thrown in " + step));
            facade.tick(1);
        }
        assertServesStill(slot, 7 + Step.values().length);
    }

    @Test
    public void g_shouldGoBackToTheOldModuleWhenAnyStepEndsWithAnError() throws Exception {
        SlotName slot = new SlotName("erring");
        TickHandler facade = begin(slot);
        for (Step step : Step.values()) {
            failIn(step, () -> {
                throw new StackOverflowError("in " + step);
            });

            SwapReport report = swap(slot, "new");

            assertRolledBack(slot, report, step, step.code);
            facade.tick(1);
        }
        assertServesStill(slot, 7 + Step.values().length);
    }

    @Test
    public void g_shouldGoBackToTheOldModuleWhenAnyStepHangs() throws Exception {
        SlotName slot = new SlotName("hanging");
        TickHandler facade = begin(slot);
        for (Step step : Step.values()) {
            failIn(step, SlotsRollbackProofIT::hang);

            SwapReport report = swap(slot, "new");

            assertRolledBack(slot, report, step, ErrorCode.TIMED_OUT);
            assertFalse(
                    step + " without a stack",
                    report.failure().orElseThrow().stack().isEmpty());
            facade.tick(1);
        }
        assertServesStill(slot, 7 + Step.values().length);
    }

    @Test
    public void g_shouldServeOnWithAnOldModuleWhoseExportDoesNotEvenHeedTheInterrupt() throws Exception {
        SlotName slot = new SlotName("deaf");
        TickHandler facade = begin(slot);
        AtomicBoolean end = new AtomicBoolean();
        failIn(Step.EXPORT, () -> spinUntil(end));

        SwapReport report = swap(slot, "new");

        end.set(true);
        assertRolledBack(slot, report, Step.EXPORT, ErrorCode.TIMED_OUT);
        assertTrue(view(slot).remark(), view(slot).remark().contains("old@1.0.0 is suspect"));
        assertFalse("no resume while it hangs: " + trace, trace.contains("old.resume"));
        facade.tick(1);
        assertServesStill(slot, 8);
    }

    @Test
    public void g_shouldReportBusyWithTheStackOfTheCallThatDoesNotLeave() throws Exception {
        SlotName slot = new SlotName("occupied");
        configure(slot, IMPATIENT);
        CountDownLatch inside = new CountDownLatch(1);
        AtomicBoolean end = new AtomicBoolean();
        offer(
                slot,
                "old",
                () -> new TracedModule("old", trace::add) {
                    @Override
                    public void tick(long amount) {
                        inside.countDown();
                        spinUntil(end);
                        super.tick(amount);
                    }
                },
                Map.of());
        TickHandler facade = facade(slot);
        offer(slot, "new");
        ExecutorService caller = Executors.newSingleThreadExecutor();
        caller.execute(() -> facade.tick(7));
        assertTrue(inside.await(PATIENCE_S, TimeUnit.SECONDS));

        SwapReport report = swap(slot, "new");

        end.set(true);
        caller.shutdown();
        assertTrue(caller.awaitTermination(PATIENCE_S, TimeUnit.SECONDS));
        assertEquals(SwapOutcome.BUSY, report.outcome());
        assertEquals(1, report.callsInFlight());
        List<String> stack = report.failure().orElseThrow().stack();
        assertTrue(stack.toString(), stack.stream().anyMatch(line -> line.contains("spinUntil")));
        assertServesStill(slot, 7);
        assertTrue(swap(slot, "new").isSwapped());
    }

    @Test
    public void g_shouldResumeTheOldModuleOnceItWasAskedToRest() throws Exception {
        SlotName slot = new SlotName("resumed");
        begin(slot);
        failIn(Step.IMPORT, () -> {
            throw new IllegalStateException("cannot read that");
        });
        trace.clear();

        swap(slot, "new");

        assertEquals(
                List.of(
                        "old.canUnload",
                        "new.init",
                        "new.start",
                        "old.prepareUnload",
                        "old.exportState",
                        "new.importState",
                        "old.resume",
                        "new.stop"),
                trace);
    }

    @Test
    public void g_shouldNotMindAnOldModuleThatFailsToStop() throws Exception {
        SlotName slot = new SlotName("unstoppable");
        begin(slot);
        fault.set(step -> {
            if (step.equals("old.stop")) {
                throw new IllegalStateException("will not stop");
            }
        });

        assertTrue(swap(slot, "new").isSwapped());
        assertServes(slot, "new");
        assertEquals(7, sum(slot));
    }

    @Test
    public void g_shouldFailTheSlotWhenTheRollbackFailsAndTakeAReplacementThen() throws Exception {
        SlotName slot = new SlotName("lost");
        TickHandler facade = begin(slot);
        fault.set(step -> {
            if (step.equals("new.importState") || step.equals("old.resume")) {
                throw new IllegalStateException("lost");
            }
        });

        SwapReport report = swap(slot, "new");

        assertEquals(SwapOutcome.FAILED, report.outcome());
        assertEquals(ErrorCode.ROLLBACK_FAILED, report.failure().orElseThrow().code());
        assertEquals(SlotStatus.FAILED, view(slot).status());
        assertTrue(finish(SwapRequest.replace(slot, "new", "test")).isSwapped());
        assertServes(slot, "new");
        facade.tick(1);
        assertEquals(1, sum(slot));
    }

    private void failIn(Step wanted, Runnable how) {
        fault.set(step -> {
            if (step.equals(wanted.name)) {
                how.run();
            }
        });
    }

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void assertRolledBack(SlotName slot, SwapReport report, Step step, ErrorCode code) {
        assertEquals(report.toString(), SwapOutcome.ROLLED_BACK, report.outcome());
        assertEquals(
                report.toString(), step.phase, report.failure().orElseThrow().phase());
        assertEquals(report.toString(), code, report.failure().orElseThrow().code());
        assertEquals(report.from(), report.occupant());
        assertServes(slot, "old");
    }

    private void assertServesStill(SlotName slot, long sum) {
        assertServes(slot, "old");
        assertEquals(sum, sum(slot));
        assertEquals("the load alone counts", 1, view(slot).swaps());
    }
}

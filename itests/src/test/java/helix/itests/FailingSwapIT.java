package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import helix.api.kernel.ErrorCode;
import helix.api.slot.HotSwap;
import helix.api.slot.SlotListener;
import helix.api.slot.SlotName;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** Swaps that go wrong in every way that the old occupant survives, on the real slot {@code scheduler}. */
public class FailingSwapIT extends OnDistribution {

    @Test
    public void shouldKeepTheOldSchedulerWhenInitFails() throws Exception {
        candidates.offer("noinit", () -> new ListScheduler() {
            @Override
            public void init() throws Exception {
                throw new IllegalStateException("no good");
            }
        });

        SwapReport report = swap("noinit");

        assertRolledBack(report, SwapPhase.PREPARE, ErrorCode.INIT_FAILED);
        assertTrue(report.failure().orElseThrow().message().contains("no good"));
        assertTasksRun();
    }

    @Test
    public void shouldStartFreshAndRefillWhenTheImportThrows() throws Exception {
        candidates.offer("noimport", () -> new ListScheduler() {
            @Override
            public void importState(Object state) throws Exception {
                throw new IllegalStateException("cannot read that");
            }
        });

        SwapReport report = swap("noimport");

        assertEquals(SwapOutcome.SWAPPED, report.outcome());
        assertEquals(StateOutcome.FRESH, report.state());
        assertTrue(report.failure().orElseThrow().message().contains("cannot read that"));
        assertTasksRun();
    }

    @Test
    public void shouldGoBackToTheOldModuleWhoseExportHangs() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        candidates.offer("hanging", () -> new ListScheduler() {
            @Override
            public Object exportState() throws Exception {
                never.await();
                return null;
            }
        });
        assertTrue(swap("hanging").isSwapped());

        SwapReport report = swap("roundrobin");

        assertRolledBack(report, SwapPhase.MIGRATE, ErrorCode.TIMED_OUT);
        assertFalse(report.failure().orElseThrow().stack().isEmpty());
        assertEquals("hanging@1.0.0", occupant());
        assertTasksRun();
    }

    @Test
    public void shouldServeTheOtherSlotsWhileOneSwapHangs() throws Exception {
        CountDownLatch inInit = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        candidates.offer("hanging", () -> new ListScheduler() {
            @Override
            public void init() throws Exception {
                inInit.countDown();
                end.await();
            }
        });

        CompletionStage<SwapReport> hanging = hotSwap.begin(SwapRequest.swap(SCHEDULER, "hanging", "test"));
        assertTrue(inInit.await(PATIENCE_S, TimeUnit.SECONDS));

        assertTasksRun();
        SwapReport other = swapBackAndForthElsewhere();
        assertTrue(other.isSwapped());
        end.countDown();
        assertTrue(
                hanging.toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS).isSwapped());
    }

    private SwapReport swapBackAndForthElsewhere() throws Exception {
        SlotName other = new SlotName("other");
        candidates.offer("other", HotSwap.class, "first", () -> hotSwap, Map.of());
        service(HotSwap.class, "(helix.slot=other)");
        candidates.offer("other", HotSwap.class, "second", () -> hotSwap, Map.of());
        return finish(SwapRequest.swap(other, "second", "test"));
    }

    @Test
    public void shouldTellListenersBeforeAndAfterExactlyOnceAlsoOnFailure() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        ServiceRegistration<SlotListener> registration = context.registerService(
                SlotListener.class,
                new SlotListener() {
                    @Override
                    public void swapStarting(SlotName slot, SwapKind kind, String requester) {
                        told.add("starting " + slot + " " + kind + " " + requester);
                    }

                    @Override
                    public void swapEnded(SwapReport report) {
                        told.add("ended " + report.outcome());
                        throw new IllegalStateException("a listener that breaks");
                    }
                },
                null);
        candidates.offer("noinit", () -> new ListScheduler() {
            @Override
            public void init() throws Exception {
                throw new IllegalStateException("no good");
            }
        });

        swap("noinit");
        swap("priority");
        registration.unregister();

        assertEquals(
                List.of(
                        "starting scheduler SWAP test",
                        "ended ROLLED_BACK",
                        "starting scheduler SWAP test",
                        "ended SWAPPED"),
                told);
    }

    private void assertRolledBack(SwapReport report, SwapPhase phase, ErrorCode code) {
        assertEquals(SwapOutcome.ROLLED_BACK, report.outcome());
        assertEquals(phase, report.failure().orElseThrow().phase());
        assertEquals(code, report.failure().orElseThrow().code());
        assertEquals(report.from(), report.occupant());
    }

    private void assertTasksRun() throws Exception {
        assertEquals("ran", executor.submit(() -> "ran").get(PATIENCE_S, TimeUnit.SECONDS));
    }
}

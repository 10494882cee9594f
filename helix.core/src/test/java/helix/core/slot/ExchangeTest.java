package helix.core.slot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.module.Health;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotUnavailableException;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeTest {

    private static final Runnable NOTHING = () -> {};

    private final SlotFixture slots = new SlotFixture();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);

    @AfterEach
    void endCallers() throws InterruptedException {
        released.countDown();
        callers.shutdownNow();
        assertThat(callers.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void shouldGoThroughTheStepsInOrderAndCarryTheState() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").add();

        SwapReport report = slots.swap("b");

        assertThat(slots.trace)
                .containsExactly(
                        "a.canUnload",
                        "b.init",
                        "b.start",
                        "a.prepareUnload",
                        "a.exportState",
                        "b.importState",
                        "b.health",
                        "a.stop",
                        "a.released",
                        "committed");
        assertThat(report.outcome()).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(report.state()).isEqualTo(StateOutcome.BY_REFERENCE);
        assertThat(report.phaseNs().keySet()).containsExactly(SwapPhase.values());
        assertThat(report.from()).hasToString("Optional[a@1.0.0]");
        assertThat(report.occupant()).isEqualTo(report.to()).hasToString("Optional[b@1.0.0]");
        assertThat(report.requester()).isEqualTo("test");
        assertThat(report.tick()).isEqualTo(7);
        assertThat(report.pauseNs()).isPositive();
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
    }

    @Test
    void shouldKeepTheOldModuleWhenInitFails() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").failing("init").add();

        SwapReport report = slots.swap("b");

        assertRolledBack(report, SwapPhase.PREPARE, ErrorCode.INIT_FAILED);
        assertThat(report.state()).isEqualTo(StateOutcome.NONE);
        assertThat(slots.trace).containsExactly("a.canUnload", "b.init", "b.stop", "b.released");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
    }

    @Test
    void shouldResumeTheOldModuleWhenItsExportThrows() {
        slots.serveWith(slots.offer("a").failing("exportState"));
        slots.offer("b").add();

        SwapReport report = slots.swap("b");

        assertRolledBack(report, SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED);
        assertThat(slots.trace).contains("a.resume", "b.stop", "b.released").doesNotContain("a.stop");
    }

    @Test
    void shouldRollBackWhenTheImportThrows() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").failing("importState").add();

        SwapReport report = slots.swap("b");

        assertRolledBack(report, SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED);
        assertThat(report.failure().orElseThrow().message())
                .contains("importState of b@1.0.0")
                .contains("is broken");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
    }

    @Test
    void shouldStartAFreshInstanceWhenTheImportThrowsAndThePolicySaysSo() {
        slots.settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ZERO, ImportPolicy.START_FRESH);
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").failing("importState").add();

        SwapReport report = slots.swap("b");

        assertThat(report.outcome()).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(report.state()).isEqualTo(StateOutcome.FRESH);
        assertThat(report.failure()).isPresent();
        assertThat(slots.trace).filteredOn("b.init"::equals).hasSize(2);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldGoWithoutStateWhenAskedTo() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").schema("other/1").add();

        SwapReport report =
                slots.run(SwapRequest.swap(SlotFixture.SLOT, "b", "test").withFresh(true));

        assertThat(report.state()).isEqualTo(StateOutcome.FRESH);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldRollBackWhenTheSuccessorIsNotHealthy() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").when("health", () -> Health.failed("no disk")).add();

        SwapReport report = slots.swap("b");

        assertRolledBack(report, SwapPhase.PROBE, ErrorCode.UNHEALTHY);
        assertThat(report.failure().orElseThrow().message()).contains("no disk");
        assertThat(slots.trace).contains("a.resume");
    }

    @Test
    void shouldResumeAnOldModuleWhoseHangingExportEndsOnInterrupt() {
        slots.serveWith(slots.offer("a").when("exportState", () -> {
            released.await();
            return 0L;
        }));
        slots.offer("b").add();

        SwapReport report = slots.swap("b");

        assertRolledBack(report, SwapPhase.MIGRATE, ErrorCode.TIMED_OUT);
        assertThat(report.failure().orElseThrow().stack()).anyMatch(frame -> frame.contains("ExchangeTest"));
        assertThat(slots.trace).contains("a.resume");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldReopenWithoutResumeWhenTheOldModuleIgnoresTheInterrupt() {
        AtomicBoolean end = new AtomicBoolean();
        slots.serveWith(slots.offer("a").when("exportState", () -> {
            while (!end.get()) {
                LockSupport.parkNanos(100_000);
            }
            return 0L;
        }));
        slots.offer("b").add();

        SwapReport report = slots.swap("b");
        end.set(true);

        assertRolledBack(report, SwapPhase.MIGRATE, ErrorCode.TIMED_OUT);
        assertThat(slots.trace).doesNotContain("a.resume");
        assertThat(slots.slot.view().remark()).contains("a@1.0.0 is suspect");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldFailTheSlotWhenTheRollbackFails() {
        slots.serveWith(slots.offer("a").failing("resume"));
        slots.offer("b").failing("importState").add();

        SwapReport report = slots.swap("b");

        assertThat(report.outcome()).isEqualTo(SwapOutcome.FAILED);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.ROLLBACK_FAILED);
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.FAILED);
        assertThatThrownBy(() -> slots.facade.count(NOTHING)).isInstanceOf(SlotUnavailableException.class);
    }

    @Test
    void shouldTellTheStackOfTheCallThatWouldNotLeave() throws Exception {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").add();
        CountDownLatch inside = new CountDownLatch(1);
        Future<Long> stuck = callers.submit(() -> slots.facade.count(() -> {
            inside.countDown();
            awaitRelease();
        }));
        assertThat(inside.await(10, SECONDS)).isTrue();

        SwapReport report = slots.swap("b");

        assertThat(report.outcome()).isEqualTo(SwapOutcome.BUSY);
        assertThat(report.closings()).isGreaterThan(1);
        assertThat(report.callsInFlight()).isEqualTo(1);
        assertThat(report.failure().orElseThrow().stack()).anyMatch(frame -> frame.contains("awaitRelease"));
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.ACTIVE);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
        released.countDown();
        assertThat(stuck.get(10, SECONDS)).isEqualTo(1);
    }

    @Test
    void shouldPublishFirstWhenTheOldModuleIsStateless() throws Exception {
        slots.serveWith(slots.offer("a").stateless());
        slots.offer("b").stateless().add();
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<Long> seenInside = new CompletableFuture<>();
        Future<Long> old = callers.submit(() -> slots.facade.count(() -> {
            inside.countDown();
            seenInside.orTimeout(10, SECONDS).join();
        }));
        assertThat(inside.await(10, SECONDS)).isTrue();

        CompletionStage<SwapReport> swap =
                slots.transactions.begin(slots.slot, SwapRequest.swap(SlotFixture.SLOT, "b", "test"));
        while (slots.slot.occupant().orElseThrow().id().toString().startsWith("a")) {
            Thread.onSpinWait();
        }
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
        assertThat(slots.trace).doesNotContain("a.stop");
        seenInside.complete(1L);

        assertThat(swap.toCompletableFuture().get(10, SECONDS).outcome()).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(old.get(10, SECONDS)).isEqualTo(1);
        assertThat(slots.trace).contains("a.stop").doesNotContain("a.exportState");
    }

    @Test
    void shouldTellListenersBeforeAndAfterExactlyOnceAlsoOnFailure() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").failing("init").add();

        SwapReport report = slots.swap("b");

        assertThat(slots.announced).containsExactly(SwapKind.SWAP);
        assertThat(slots.ended).containsExactly(report);
    }

    @Test
    void shouldAnswerACallOfTheModuleIntoItsOwnClosedSlotInsteadOfHangingOnItself() {
        slots.serveWith(slots.offer("a").when("exportState", () -> slots.facade.count(NOTHING)));
        slots.offer("b").add();

        SwapReport report = slots.swap("b");

        assertRolledBack(report, SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED);
        assertThat(report.failure().orElseThrow().message()).contains("is being swapped");
    }

    private void assertRolledBack(SwapReport report, SwapPhase phase, ErrorCode code) {
        assertThat(report.outcome()).isEqualTo(SwapOutcome.ROLLED_BACK);
        assertThat(report.failure().orElseThrow().phase()).isEqualTo(phase);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(code);
        assertThat(report.occupant()).hasToString("Optional[a@1.0.0]");
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.ACTIVE);
    }

    private void awaitRelease() {
        try {
            assertThat(released.await(20, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

package helix.core.slot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotStatus;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What modules and surroundings may do wrong beside throwing from where one expects it. */
class BrokenModuleTest {

    private static final Runnable NOTHING = () -> {};

    private final SlotFixture slots = new SlotFixture();

    @Test
    void shouldTreatAMissingAnswerAboutHealthAsAFailureOfTheModule() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").when("health", () -> null).add();

        SwapReport report = slots.swap("b");

        assertThat(report.outcome()).isEqualTo(SwapOutcome.ROLLED_BACK);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.UNHEALTHY);
        assertThat(slots.trace).contains("a.resume", "b.stop", "b.released");
    }

    @Test
    void shouldResumeAModuleWhoseStateCannotBeLookedThrough() {
        slots.serveWith(slots.offer("a").when("exportState", UnreadableList::new));
        slots.offer("b").add();

        SwapReport report = slots.swap("b");

        assertThat(report.outcome()).isEqualTo(SwapOutcome.ROLLED_BACK);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.STATE_MIGRATION_FAILED);
        assertThat(slots.trace).contains("a.resume", "b.stop", "b.released");
    }

    @Test
    void shouldResumeAModuleThatRefusesToBeUnloaded() {
        slots.serveWith(slots.offer("a").failing("prepareUnload"));

        SwapReport report = slots.run(SwapRequest.unload(SlotFixture.SLOT, "test"));

        assertThat(report.outcome()).isEqualTo(SwapOutcome.ROLLED_BACK);
        assertThat(slots.trace).contains("a.resume").doesNotContain("a.stop");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldUnloadAModuleThatRefusesToBeUnloadedAndCannotBeResumed() {
        slots.serveWith(slots.offer("a").failing("prepareUnload").failing("resume"));

        SwapReport report = slots.run(SwapRequest.unload(SlotFixture.SLOT, "test"));

        assertThat(report.outcome()).isEqualTo(SwapOutcome.FAILED);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.ROLLBACK_FAILED);
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.EMPTY);
        assertThat(slots.trace).contains("a.stop", "a.released");
    }

    @Test
    void shouldGiveBackAnInstanceWithoutTheStateMethodsItNames() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b")
                .properties(Map.of(Candidate.EXPORT_METHOD, "nosuch", Candidate.IMPORT_METHOD, "nosuch"))
                .add();

        assertThat(slots.swap("b").outcome()).isEqualTo(SwapOutcome.ROLLED_BACK);
        assertThat(slots.trace).contains("b.released");
    }

    @Test
    void shouldGiveBackAnInstanceThatWasMadeTooLate() throws Exception {
        slots.serveWith(slots.offer("a"));
        CountDownLatch late = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        slots.offer("b")
                .when("take", () -> {
                    awaitWithoutHeedingInterrupts(late);
                    return null;
                })
                .when("release", () -> {
                    released.countDown();
                    return null;
                })
                .add();

        SwapReport report = slots.swap("b");
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.TIMED_OUT);
        late.countDown();

        assertThat(released.await(10, SECONDS)).isTrue();
    }

    @Test
    void shouldLetGoOfTheSlotWhenNoThreadCanBeStarted() {
        slots.serveWith(slots.offer("a"));
        slots.broken.add("thread");
        assertThatThrownBy(() -> slots.swap("a")).isInstanceOf(LinkageError.class);
        slots.broken.clear();

        assertThat(slots.slot.isHeld()).isFalse();
        assertThat(slots.swap("a").isSwapped()).isTrue();
    }

    @Test
    void shouldReportALoadWhoseFacadeCannotBeMade() {
        slots.offer("a").add();
        slots.broken.add("facade");

        SwapReport report = slots.run(SwapRequest.load(SlotFixture.SLOT, "a", "test"));

        assertThat(report.outcome()).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(slots.slot.view().remark()).contains("facade is broken");
        slots.broken.clear();
        slots.swap("a");
        assertThat(slots.trace).contains("facade");
    }

    @Test
    void shouldNotCallARollbackWhatADefectBrokeOffAfterPublication() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b")
                .when("health", () -> {
                    slots.broken.add("clock");
                    return helix.api.module.Health.OK;
                })
                .add();

        SwapReport report = slots.swap("b");

        assertThat(report.occupant()).hasToString("Optional[b@1.0.0]");
        assertThat(report.outcome()).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(report.failure().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void shouldFailAStepWhoseThreadCannotBeStarted() {
        try (ModuleThread modules = new ModuleThread(Duration.ofSeconds(10), BrokenModuleTest::noThread)) {
            assertThatThrownBy(() -> modules.run(
                            helix.api.slot.SwapPhase.PREPARE, ErrorCode.INIT_FAILED, "init of a", NOTHING::run))
                    .isInstanceOf(PhaseFailure.class)
                    .hasMessage("init of a could not begin: OutOfMemoryError: no thread");
        }
    }

    private static void awaitWithoutHeedingInterrupts(CountDownLatch latch) {
        boolean done = false;
        while (!done) {
            try {
                done = latch.await(10, SECONDS);
            } catch (InterruptedException e) {
                done = false;
            }
        }
    }

    private static Thread noThread(Runnable body) {
        throw new OutOfMemoryError("no thread");
    }
}

package helix.core.slot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotUnavailableException;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final Runnable NOTHING = () -> {};

    private final SlotFixture slots = new SlotFixture();

    @Test
    void shouldNameTheAlternativesOfAnUnknownModule() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").add();

        assertRefused(ErrorCode.NOT_FOUND, () -> slots.swap("nosuch"))
                .hasMessage("no module 'nosuch' for slot 'counter', have [a, b]");
        assertThat(slots.announced).isEmpty();
    }

    @Test
    void shouldNameTheVersionsThereAre() {
        slots.serveWith(slots.offer("a"));
        SwapRequest request =
                SwapRequest.swap(SlotFixture.SLOT, "a", "test").withVersion(helix.api.module.ModuleVersion.parse("2"));

        assertRefused(ErrorCode.NOT_FOUND, () -> slots.run(request)).hasMessageContaining("have [a@1.0.0]");
    }

    @Test
    void shouldAcceptAnAlias() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").add();

        assertThat(slots.swap("b-alias").occupant()).hasToString("Optional[b@1.0.0]");
    }

    @Test
    void shouldRefuseASwapOfAnEmptySlotAndALoadOfAServedOne() {
        slots.offer("a").add();
        assertRefused(ErrorCode.SLOT_EMPTY, () -> slots.swap("a"));
        slots.run(SwapRequest.load(SlotFixture.SLOT, "a", "test"));

        assertRefused(ErrorCode.ALREADY_LOADED, () -> slots.run(SwapRequest.load(SlotFixture.SLOT, "a", "test")));
    }

    @Test
    void shouldRefuseAnotherCategory() {
        slots.serveWith(slots.offer("a"));
        slots.slot.keptBy(null, helix.api.module.ModuleCategory.SCHEDULER);

        assertRefused(ErrorCode.CATEGORY_MISMATCH, () -> slots.swap("a")).hasMessageContaining("is for SCHEDULER");
    }

    @Test
    void shouldTouchNothingWhenTheOccupantCannotBeUnloaded() {
        slots.serveWith(slots.offer("a").when("canUnload", () -> false));
        slots.offer("b").add();

        assertRefused(ErrorCode.MODULE_BUSY, () -> slots.swap("b"));
        assertThat(slots.trace).containsExactly("a.canUnload");
        assertThat(slots.slot.isHeld()).isFalse();
    }

    @Test
    void shouldTellTheSecondOperatorWhoHoldsTheSlot() throws Exception {
        slots.settings(Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ZERO, ImportPolicy.ROLL_BACK);
        slots.serveWith(slots.offer("a"));
        CountDownLatch inInit = new CountDownLatch(1);
        CompletableFuture<Object> end = new CompletableFuture<>();
        slots.offer("b")
                .when("init", () -> {
                    inInit.countDown();
                    return end.get(10, SECONDS);
                })
                .add();
        CompletionStage<SwapReport> first =
                slots.transactions.begin(slots.slot, SwapRequest.swap(SlotFixture.SLOT, "b", "alice"));
        assertThat(inInit.await(10, SECONDS)).isTrue();

        assertRefused(ErrorCode.BUSY, () -> slots.swap("b"))
                .hasMessage("slot 'counter' is held by SWAP of alice since 1970-01-01T00:00:00Z, now in PREPARE");
        end.complete(null);
        assertThat(first.toCompletableFuture().get(10, SECONDS).isSwapped()).isTrue();
    }

    @Test
    void shouldRefuseASwapFromWithinACallOfTheSlot() {
        slots.serveWith(slots.offer("a"));

        slots.facade.count(() -> assertRefused(ErrorCode.INVALID_STATE, () -> slots.swap("a")));
        assertThat(slots.slot.isHeld()).isFalse();
    }

    @Test
    void shouldRestartAPrototypeWithItsStateAndRefuseASingleInstance() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        assertThat(slots.swap("a").state()).isEqualTo(StateOutcome.BY_REFERENCE);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);

        slots.offer("single").single().add();
        slots.swap("single");
        assertRefused(ErrorCode.NOT_RESTARTABLE, () -> slots.swap("single"))
                .hasMessageContaining("declare scope=PROTOTYPE");
    }

    @Test
    void shouldRefuseAnotherMajorVersionAndADowngradeUnlessForced() {
        slots.serveWith(slots.offer("a").version("1.2.0"));
        slots.offer("a").version("1.1.0").add();
        slots.offer("a").version("2.0.0").add();
        SwapRequest older = SwapRequest.swap(SlotFixture.SLOT, "a", "test")
                .withVersion(helix.api.module.ModuleVersion.parse("1.1.0"));
        SwapRequest major = SwapRequest.swap(SlotFixture.SLOT, "a", "test");

        assertRefused(ErrorCode.VERSION_MISMATCH, () -> slots.run(older)).hasMessageContaining("is older than");
        assertRefused(ErrorCode.VERSION_MISMATCH, () -> slots.run(major)).hasMessageContaining("another major");
        assertThat(slots.run(older.withForce(true)).occupant()).hasToString("Optional[a@1.1.0]");
    }

    @Test
    void shouldRefuseASuccessorOfAnotherStateSchemaBeforeAnythingIsTouched() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").schema("other/1").add();

        assertRefused(ErrorCode.STATE_MIGRATION_FAILED, () -> slots.swap("b"))
                .hasMessageContaining("is count/1, b@1.0.0 takes other/1");
        assertThat(slots.trace).isEmpty();
    }

    @Test
    void shouldLeaveAFailedLoadRecoverableByLoadAndByUnload() {
        slots.offer("bad").failing("init").add();
        slots.offer("good").add();

        assertThat(slots.run(SwapRequest.load(SlotFixture.SLOT, "bad", "test")).outcome())
                .isEqualTo(SwapOutcome.FAILED);
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.FAILED);
        slots.run(SwapRequest.unload(SlotFixture.SLOT, "test"));
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.EMPTY);
        slots.run(SwapRequest.load(SlotFixture.SLOT, "bad", "test"));
        assertThat(slots.run(SwapRequest.load(SlotFixture.SLOT, "good", "test")).outcome())
                .isEqualTo(SwapOutcome.SWAPPED);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldReplaceWithoutAskingTheOldModuleForAnything() {
        slots.serveWith(slots.offer("a").failing("prepareUnload").failing("exportState"));
        slots.facade.count(NOTHING);
        slots.offer("b").add();

        SwapReport report = slots.run(SwapRequest.replace(SlotFixture.SLOT, "b", "test"));

        assertThat(report.outcome()).isEqualTo(SwapOutcome.SWAPPED);
        assertThat(report.state()).isEqualTo(StateOutcome.NONE);
        assertThat(slots.trace).containsExactly("b.init", "b.start", "b.health", "a.stop", "a.released", "committed");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldFailTheSlotWhenAReplacementFails() {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").failing("init").add();

        SwapReport report = slots.run(SwapRequest.replace(SlotFixture.SLOT, "b", "test"));

        assertThat(report.outcome()).isEqualTo(SwapOutcome.FAILED);
        assertThat(slots.slot.occupant()).isEmpty();
    }

    @Test
    void shouldKeepServingWhenAnUnloadIsRefusedByTheModule() {
        slots.serveWith(slots.offer("a").failing("prepareUnload"));

        SwapReport report = slots.run(SwapRequest.unload(SlotFixture.SLOT, "test"));

        assertThat(report.outcome()).isEqualTo(SwapOutcome.ROLLED_BACK);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldNotFillASlotThatAnOperatorEmptied() {
        slots.serveWith(slots.offer("a"));
        slots.run(SwapRequest.unload(SlotFixture.SLOT, "test"));

        slots.transactions.succession().arrived(slots.slot, slots.offer("b").add());

        assertThat(slots.slot.isHeld()).isFalse();
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.EMPTY);
    }

    @Test
    void shouldChooseTheCommittedModuleAtBootElseTheFirstThatWorks() {
        slots.offer("broken").failing("init").add();
        slots.offer("a").add();
        slots.offer("b").add();

        slots.transactions.succession().atBoot(slots.slot, Optional.of("b@1.0.0"));
        assertThat(slots.slot.view().occupant()).hasToString("Optional[b@1.0.0]");

        SlotFixture other = new SlotFixture();
        other.offer("broken").failing("init").add();
        other.offer("a").add();
        other.transactions.succession().atBoot(other.slot, Optional.empty());
        assertThat(other.slot.view().occupant()).hasToString("Optional[a@1.0.0]");
        assertThat(other.trace).doesNotContain("committed").contains("facade");
    }

    @Test
    void shouldBoundTheHistoryAndCountWhatItForgot() {
        slots.serveWith(slots.offer("a"));
        for (int i = 0; i < 10; i++) {
            slots.swap("a");
        }
        assertThat(slots.slot.context().history().list()).hasSize(8);
        assertThat(slots.slot.context().history().forgotten()).isEqualTo(3);
    }

    @Test
    void shouldHandADepartedOccupantsStateToTheNextOfTheSameModule() throws Exception {
        slots.settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(4), ImportPolicy.ROLL_BACK);
        SlotFixture.Offer offer = slots.offer("a");
        slots.serveWith(offer);
        slots.facade.count(NOTHING);
        Candidate leaving = slots.slot.candidates().get(0);
        slots.slot.remove(leaving);

        slots.transactions.succession().leaving(slots.slot, leaving);
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.EMPTY);
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<Long> held = caller.submit(() -> slots.facade.count(NOTHING));
        slots.transactions.succession().arrived(slots.slot, offer.add());

        assertThat(held.get(10, SECONDS)).isEqualTo(2);
        assertThat(slots.announced).startsWith(SwapKind.DEPARTURE);
        assertThat(slots.ended.get(0).state()).isEqualTo(StateOutcome.BY_REFERENCE);
        caller.shutdown();
    }

    @Test
    void shouldTakeAnotherCandidateWhenTheHoldIsOver() {
        slots.settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(50), ImportPolicy.ROLL_BACK);
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").add();
        Candidate leaving = slots.slot.candidates().get(0);
        slots.slot.remove(leaving);

        slots.transactions.succession().leaving(slots.slot, leaving);

        long deadline = System.nanoTime() + SECONDS.toNanos(10);
        while (slots.slot.occupant().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
    }

    @Test
    void shouldFailCallsWhenNoSuccessorComes() {
        slots.serveWith(slots.offer("a"));
        Candidate leaving = slots.slot.candidates().get(0);
        slots.slot.remove(leaving);

        slots.transactions.succession().leaving(slots.slot, leaving);

        assertThatThrownBy(() -> slots.facade.count(NOTHING))
                .isInstanceOf(SlotUnavailableException.class)
                .hasMessageContaining("a@1.0.0 has left");
    }

    @Test
    void shouldLoseNoCallAndNoCountOverManySwapsUnderLoad() throws Exception {
        slots.serveWith(slots.offer("a"));
        slots.offer("b").add();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(1);
        Future<Long> calls = callers.submit(() -> {
            long made = 0;
            while (!done.get()) {
                slots.facade.count(NOTHING);
                made++;
            }
            return made;
        });
        int swapped = 0;
        for (int i = 0; i < 200; i++) {
            swapped += slots.swap(i % 2 == 0 ? "b" : "a").isSwapped() ? 1 : 0;
        }
        done.set(true);
        long made = calls.get(10, SECONDS);
        callers.shutdown();

        assertThat(swapped).isGreaterThan(150);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(made + 1);
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            ErrorCode code, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KernelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }
}

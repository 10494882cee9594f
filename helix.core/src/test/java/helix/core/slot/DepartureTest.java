package helix.core.slot;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.module.ModuleCategory;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotUnavailableException;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The occupant leaves by itself, and somebody else takes its place or does not. */
class DepartureTest {

    private static final Runnable NOTHING = () -> {};

    private final SlotFixture slots = new SlotFixture();
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void endCallers() throws InterruptedException {
        callers.shutdownNow();
        assertThat(callers.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void shouldTakeTheStateOnAnInterruptedThreadAndKeepTheFlag() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);

        Thread.currentThread().interrupt();
        slots.firstLeaves();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(slots.ended.get(0).state()).isEqualTo(StateOutcome.BY_REFERENCE);
    }

    @Test
    void shouldStopTheModuleAfterItsStateWasTaken() {
        slots.serveWith(slots.offer("a"));

        slots.firstLeaves();

        assertThat(slots.trace).containsExactly("a.prepareUnload", "a.exportState", "a.stop", "a.released");
    }

    @Test
    void shouldStopTheModuleWhenTheFrameworkIsStopping() {
        slots.serveWith(slots.offer("a"));
        slots.stopping = true;

        slots.firstLeaves();

        assertThat(slots.trace).containsExactly("a.stop", "a.released");
        assertThat(slots.slot.status()).isEqualTo(SlotStatus.EMPTY);
        assertThatThrownBy(() -> slots.facade.count(NOTHING)).hasMessageContaining("stopping");
    }

    @Test
    void shouldFindASuccessorWhenTheInstanceCannotBeGivenBack() {
        hold(Duration.ofSeconds(4));
        slots.serveWith(slots.offer("a").failing("release"));
        slots.offer("a").version("1.1.0").add();
        slots.facade.count(NOTHING);

        slots.firstLeaves();

        slots.awaitOccupant("a");
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
    }

    @Test
    void shouldNotKeepCallersWaitingForEverWhenTheStateCannotBeLookedThrough() {
        slots.serveWith(slots.offer("a").when("exportState", UnreadableList::new));

        slots.firstLeaves();

        Future<Long> call = callers.submit(() -> slots.facade.count(NOTHING));
        assertThatThrownBy(() -> call.get(10, SECONDS)).hasCauseInstanceOf(SlotUnavailableException.class);
    }

    @Test
    void shouldFindASuccessorWhenADefectBreaksTheDepartureOff() {
        hold(Duration.ofSeconds(4));
        slots.serveWith(slots.offer("a").when("exportState", () -> {
            slots.broken.add("tick");
            return 0L;
        }));

        slots.firstLeaves();
        slots.broken.clear();
        slots.arrives(slots.offer("a"));

        slots.awaitOccupant("a");
    }

    @Test
    void shouldOpenNoGateToAModuleWhoseDepartureADefectBrokeOff() {
        slots.serveWith(slots.offer("a"));
        slots.broken.add("listeners");

        slots.firstLeaves();

        assertThat(slots.slot.status()).isEqualTo(SlotStatus.EMPTY);
        assertThatThrownBy(() -> slots.facade.count(NOTHING)).hasMessageContaining("listeners is broken");
    }

    @Test
    void shouldHoldCallsFromTheBeginningOfTheDepartureAndNoLonger() {
        slots.settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofMillis(100), ImportPolicy.ROLL_BACK);
        CountDownLatch never = new CountDownLatch(1);
        slots.serveWith(slots.offer("a").when("exportState", () -> never.await(10, SECONDS)));

        slots.firstLeaves();

        assertThat(slots.slot.isHolding()).isFalse();
    }

    @Test
    void shouldNotCutASecondHoldShortWithTheTimerOfTheFirst() throws Exception {
        hold(Duration.ofMillis(400));
        slots.serveWith(slots.offer("a"));
        slots.firstLeaves();
        slots.arrives(slots.offer("a"));
        slots.awaitOccupant("a");
        slots.offer("b").add();
        awaitNs(250_000_000);
        slots.firstLeaves();
        long leftAt = System.nanoTime();

        slots.awaitOccupant("b");

        assertThat(System.nanoTime() - leftAt).isGreaterThan(350_000_000);
    }

    @Test
    void shouldGiveHeldCallsToAnotherCandidateWhenTheAwaitedOneFails() throws Exception {
        hold(Duration.ofSeconds(4));
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").add();
        slots.firstLeaves();
        Future<Long> held = callers.submit(() -> slots.facade.count(NOTHING));

        slots.arrives(slots.offer("a").version("1.1.0").failing("importState"));

        assertThat(held.get(3, SECONDS)).isEqualTo(2);
        assertThat(slots.slot.view().occupant()).hasToString("Optional[b@1.0.0]");
    }

    @Test
    void shouldGoOnWaitingForTheAwaitedModuleWhenItLeavesAgainWhileItIsPrepared() throws Exception {
        hold(Duration.ofSeconds(4));
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.offer("b").add();
        slots.firstLeaves();
        Future<Long> held = callers.submit(() -> slots.facade.count(NOTHING));
        CompletableFuture<Candidate> again = new CompletableFuture<>();
        SlotFixture.Offer offer = slots.offer("a").when("init", () -> {
            slots.slot.remove(again.get(10, SECONDS));
            return null;
        });
        Candidate updated = offer.add();
        again.complete(updated);
        slots.transactions.succession().arrived(slots.slot, updated);
        slots.awaitEnded(2);

        slots.arrives(slots.offer("a"));

        assertThat(held.get(3, SECONDS)).isEqualTo(2);
        assertThat(slots.slot.view().occupant()).hasToString("Optional[a@1.0.0]");
        assertThat(slots.trace).doesNotContain("b.init");
    }

    @Test
    void shouldRefillAnInstanceThatNeverSawTheStateWhenTheCheckFails() {
        slots.settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(4), ImportPolicy.START_FRESH);
        List<Object> checked = new CopyOnWriteArrayList<>();
        List<Object> refilled = new CopyOnWriteArrayList<>();
        slots.serveWith(slots.offer("a"));
        slots.slot.keptBy(new Refusing(checked, refilled), ModuleCategory.CUSTOM);
        slots.firstLeaves();

        slots.arrives(slots.offer("a"));
        slots.awaitOccupant("a");

        assertThat(refilled).hasSize(1).doesNotContainAnyElementsOf(checked);
        assertThat(slots.slot.occupant().orElseThrow().instance()).isSameAs(refilled.get(0));
        assertThat(slots.trace).endsWith("a.health").contains("a.stop", "a.released");
    }

    @Test
    void shouldTryACandidateThatCameWhileAnotherFailed() throws Exception {
        CountDownLatch inInit = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        slots.settings(Duration.ofMillis(200), Duration.ofSeconds(20), Duration.ZERO, ImportPolicy.ROLL_BACK);
        slots.arrives(slots.offer("bad").when("init", () -> {
            inInit.countDown();
            fail.await(10, SECONDS);
            throw new IllegalStateException("bad");
        }));
        assertThat(inInit.await(10, SECONDS)).isTrue();

        slots.arrives(slots.offer("good"));
        awaitNs(20_000_000);
        fail.countDown();

        slots.awaitOccupant("good");
    }

    @Test
    void shouldNotChooseAModuleOfAnotherCategoryByItself() {
        slots.slot.keptBy(null, ModuleCategory.SCHEDULER);
        slots.offer("other").add();
        slots.offer("right").category(ModuleCategory.SCHEDULER).add();

        slots.transactions.succession().atBoot(slots.slot, Optional.of("other@1.0.0"));

        assertThat(slots.slot.view().occupant()).hasToString("Optional[right@1.0.0]");
        assertThat(slots.slot.view().remark()).contains("slot 'counter' is for SCHEDULER, other@1.0.0 is CUSTOM");
    }

    @Test
    void shouldCarryTheStateOfADepartedModuleWhenAnOperatorLoadsTheNext() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.firstLeaves();
        slots.offer("b").add();

        SwapReport report = slots.run(SwapRequest.load(SlotFixture.SLOT, "b", "test"));

        assertThat(report.state()).isEqualTo(StateOutcome.BY_REFERENCE);
        assertThat(slots.facade.count(NOTHING)).isEqualTo(2);
    }

    @Test
    void shouldForgetTheStateOfADepartedModuleWhenAnOperatorReplacesIt() {
        slots.serveWith(slots.offer("a"));
        slots.facade.count(NOTHING);
        slots.firstLeaves();
        slots.offer("b").schema("other/1").add();

        slots.run(SwapRequest.replace(SlotFixture.SLOT, "b", "test"));

        assertThat(slots.facade.count(NOTHING)).isEqualTo(1);
    }

    @Test
    void shouldNumberTheSwapsThatTookPlaceAndNotTheRefusedOnes() {
        slots.serveWith(slots.offer("a"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> slots.run(SwapRequest.load(SlotFixture.SLOT, "a", "test")))
                    .isInstanceOf(RuntimeException.class);
            slots.facade.count(() -> assertThatThrownBy(() -> slots.swap("a")).hasMessageContaining("inside"));
        }

        assertThat(slots.swap("a").number()).isEqualTo(2);
    }

    private void hold(Duration hold) {
        slots.settings(Duration.ofMillis(200), Duration.ofMillis(300), hold, ImportPolicy.ROLL_BACK);
    }

    private static void awaitNs(long ns) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(ns, java.util.concurrent.TimeUnit.NANOSECONDS))
                .isFalse();
    }

    /** Finds every imported state wrong. */
    private record Refusing(List<Object> checked, List<Object> refilled) implements StateKeeper {
        @Override
        public void check(Object successor) {
            checked.add(successor);
            throw new IllegalStateException("not what it should hold");
        }

        @Override
        public void refill(Object successor) {
            refilled.add(successor);
        }
    }
}

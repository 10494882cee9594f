package helix.core.gate;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotUnavailableException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final String OLD = "old";
    private static final String NEW = "new";

    private final Gate gate = new Gate(0, new EverybodyWaits());
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void endCallers() throws InterruptedException {
        callers.shutdownNow();
        assertThat(callers.awaitTermination(10, SECONDS)).isTrue();
    }

    @Test
    void shouldFailCallsUntilOpenedFirst() {
        assertThatThrownBy(() -> call(Function.identity()))
                .isInstanceOfSatisfying(
                        SlotUnavailableException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.SLOT_EMPTY));
        assertThat(gate.isInside()).isFalse();
    }

    @Test
    void shouldSeeACallUntilItHasLeft() throws Exception {
        gate.open(OLD);
        Stay stay = new Stay();
        Future<Object> caller = callers.submit(() -> call(stay));
        stay.awaitEntry();

        gate.close(OLD);
        assertThat(gate.isDrained()).isFalse();
        assertThat(gate.callsInFlight()).isEqualTo(1);
        assertThat(gate.threadsInside()).hasSize(1);

        stay.end();
        assertThat(caller.get(10, SECONDS)).isEqualTo(OLD);
        assertThat(gate.isDrained()).isTrue();
    }

    @Test
    void shouldHoldCallsWhileClosedAndSendThemToTheSuccessor() throws Exception {
        gate.open(OLD);
        gate.close(OLD);
        Future<Object> caller = callers.submit(() -> call(Function.identity()));

        assertThatThrownBy(() -> caller.get(50, java.util.concurrent.TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        gate.open(NEW);

        assertThat(caller.get(10, SECONDS)).isEqualTo(NEW);
    }

    @Test
    void shouldLetANestedCallPassToTheOldOccupant() throws Exception {
        gate.open(OLD);
        CompletableFuture<Void> closed = new CompletableFuture<>();
        CountDownLatch inside = new CountDownLatch(1);
        Future<Object> caller = callers.submit(() -> call(outer -> {
            inside.countDown();
            closed.orTimeout(10, SECONDS).join();
            return call(Function.identity());
        }));
        assertThat(inside.await(10, SECONDS)).isTrue();

        gate.close(OLD);
        closed.complete(null);

        assertThat(caller.get(10, SECONDS)).isEqualTo(OLD);
        assertThat(gate.isDrained()).isTrue();
    }

    @Test
    void shouldKeepASpentForwarderClosedForEver() throws Exception {
        gate.open(OLD);
        Forwarder first = gate.close(OLD);
        gate.open(OLD);
        Forwarder second = gate.close(OLD);

        first.await();
        assertThat(second).isNotSameAs(first);
        Future<Object> late = callers.submit(() -> call(Function.identity()));
        assertThatThrownBy(() -> late.get(50, java.util.concurrent.TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        gate.open(NEW);
        assertThat(late.get(10, SECONDS)).isEqualTo(NEW);
    }

    @Test
    void shouldNotWaitWhenTriedAtAClosedGate() {
        gate.open(OLD);
        gate.close(OLD);
        DepthWord word = gate.word();

        assertThat(gate.tryEnter(word, word.depth())).isNull();
        assertThat(gate.isInside()).isFalse();
    }

    @Test
    void shouldGiveUpTheWaitForASuccessorAtItsDeadline() {
        gate.open(OLD);
        gate.close(OLD);
        gate.hold(System.nanoTime() + 1_000_000);

        assertThatThrownBy(() -> call(Function.identity())).isInstanceOf(SlotUnavailableException.class);
    }

    @Test
    void shouldGiveCallsHeldInADepartureToTheSuccessor() throws Exception {
        gate.open(OLD);
        gate.close(OLD);
        Future<Object> caller = callers.submit(() -> call(Function.identity()));
        gate.hold(System.nanoTime() + SECONDS.toNanos(30));
        gate.open(NEW);

        assertThat(caller.get(10, SECONDS)).isEqualTo(NEW);
    }

    @Test
    void shouldEndTheWaitForASuccessorOnInterruptAndKeepTheFlag() {
        gate.hold(System.nanoTime() + SECONDS.toNanos(30));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> call(Function.identity())).isInstanceOf(SlotUnavailableException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldNotFailACallInASwapBecauseOfAnInterrupt() throws Exception {
        gate.open(OLD);
        gate.close(OLD);
        Future<Boolean> caller = callers.submit(() -> {
            Thread.currentThread().interrupt();
            call(Function.identity());
            return Thread.interrupted();
        });
        gate.open(NEW);

        assertThat(caller.get(10, SECONDS)).isTrue();
    }

    @Test
    void shouldForgetThreadsThatAreGone() throws Exception {
        gate.open(OLD);
        for (int i = 0; i < 200; i++) {
            Thread caller = new Thread(() -> call(Function.identity()));
            caller.start();
            caller.join(10_000);
        }
        assertThat(gate.isDrained()).isTrue();
    }

    private Object call(Function<Object, Object> body) {
        DepthWord word = gate.word();
        int depth = word.depth();
        try {
            return body.apply(gate.enter(word, depth));
        } finally {
            word.lower(depth);
        }
    }

    /** A call that stays inside until told. */
    private static final class Stay implements Function<Object, Object> {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);

        @Override
        public Object apply(Object occupant) {
            entered.countDown();
            try {
                assertThat(ended.await(10, SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return occupant;
        }

        void awaitEntry() throws InterruptedException {
            assertThat(entered.await(10, SECONDS)).isTrue();
        }

        void end() {
            ended.countDown();
        }
    }
}

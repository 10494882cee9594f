package helix.core.gate;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Dekker's question to the gate: a caller enters while a swapper closes. That the caller reaches the occupant <i>and</i>
 * the swapper finds nobody inside is the one outcome that must not be: a call would run in a module that is being taken
 * apart.
 *
 * <p>The same question goes to a copy of the protocol whose caller does not fence. It must give the forbidden answer in
 * the same run; when it does not, this machine proves nothing, and the test is skipped and not passed.
 */
@EnabledIf("hasTwoProcessors")
class GateLitmusTest {

    private static final int ROUNDS_IN_A_ROW = 10_000;
    private static final int CONTROL_WANTED = 3;
    private static final int LEAST_ROUNDS = 50_000;
    private static final Duration BOUND = Duration.ofSeconds(8);

    static boolean hasTwoProcessors() {
        return Runtime.getRuntime().availableProcessors() > 1;
    }

    /** One gate, one caller, one swapper. */
    private interface Protocol {
        /** Enters; whether it came to the occupant. */
        boolean enter();

        void leave();

        /** Closes; whether nobody was inside. */
        boolean closeAndLook();

        void open();
    }

    private static final class RealGate implements Protocol {
        private static final Object OCCUPANT = "occupant";

        private final Gate gate = new Gate(0, new EverybodyWaits());
        private DepthWord word;

        @Override
        public boolean enter() {
            word = gate.word();
            return gate.tryEnter(word, 0) != null;
        }

        @Override
        public void leave() {
            word.lower(0);
        }

        @Override
        public boolean closeAndLook() {
            gate.close(OCCUPANT);
            return gate.isDrained();
        }

        @Override
        public void open() {
            gate.open(OCCUPANT);
        }
    }

    /** As the gate does it, but for the fence between raising the word and reading the target. */
    private static final class GateWithoutTheCallersFence implements Protocol {
        private volatile boolean open;
        private int depth;

        @Override
        public boolean enter() {
            depth = 1;
            return open;
        }

        @Override
        public void leave() {
            VarHandle.releaseFence();
            depth = 0;
        }

        @Override
        public boolean closeAndLook() {
            open = false;
            VarHandle.fullFence();
            return depth == 0;
        }

        @Override
        public void open() {
            open = true;
        }
    }

    /** Two threads meet here and leave together. Each counts its own arrivals. */
    private static final class Meeting {
        private volatile long callers;
        private volatile long swappers;

        void caller(long round) {
            callers = round;
            await(() -> swappers >= round);
        }

        void swapper(long round) {
            swappers = round;
            await(() -> callers >= round);
        }

        private static void await(java.util.function.BooleanSupplier other) {
            for (int spins = 0; !other.getAsBoolean(); spins++) {
                if (spins > 1_000) {
                    Thread.yield();
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private final ExecutorService caller = Executors.newSingleThreadExecutor();

    @Test
    void shouldNeverFindTheGateDrainedWhileACallerCameThrough() throws Exception {
        Protocol control = new GateWithoutTheCallersFence();
        Protocol real = new RealGate();
        int controlFired = 0;
        int rounds = 0;
        long endNs = System.nanoTime() + BOUND.toNanos();
        while ((controlFired < CONTROL_WANTED || rounds < LEAST_ROUNDS) && System.nanoTime() < endNs) {
            controlFired += forbiddenOutcomes(control);
            assertThat(forbiddenOutcomes(real)).as("after %d rounds", rounds).isZero();
            rounds += ROUNDS_IN_A_ROW;
        }
        caller.shutdown();
        assumeTrue(
                controlFired > 0,
                "the copy without the fence never failed in " + rounds + " rounds: no proof on this machine");
    }

    private int forbiddenOutcomes(Protocol protocol) throws Exception {
        Meeting before = new Meeting();
        Meeting after = new Meeting();
        boolean[] entered = new boolean[1];
        Future<?> calling = caller.submit(() -> {
            for (long round = 1; round <= ROUNDS_IN_A_ROW; round++) {
                before.caller(round);
                stagger(round & 7);
                entered[0] = protocol.enter();
                after.caller(round);
                protocol.leave();
            }
        });
        int forbidden = 0;
        for (long round = 1; round <= ROUNDS_IN_A_ROW; round++) {
            protocol.open();
            before.swapper(round);
            stagger(round >> 3 & 7);
            boolean drained = protocol.closeAndLook();
            after.swapper(round);
            forbidden += drained && entered[0] ? 1 : 0;
        }
        calling.get(30, SECONDS);
        return forbidden;
    }

    /** So that the two do not always come in the same order. */
    private static void stagger(long steps) {
        for (long i = 0; i < steps; i++) {
            Thread.onSpinWait();
        }
    }
}

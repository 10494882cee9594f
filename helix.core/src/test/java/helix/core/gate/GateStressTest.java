package helix.core.gate;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Counts every call while the gate is closed, drained and opened to a successor many thousand times. Occupants count in
 * plain fields, which a single stale or overlapping call would lose an increment of.
 */
class GateStressTest {

    private static final int CALLERS = 3;
    private static final int SWAPS = 3_000;

    /** One plain counter per caller: each is written by one thread at a time only if the gate keeps its word. */
    private static final class Counters {
        private final long[] counts;
        private volatile boolean retired;

        Counters(long[] counts) {
            this.counts = counts;
        }

        void count(int caller) {
            if (retired) {
                throw new AssertionError("a call on a retired occupant");
            }
            counts[caller]++;
        }

        Counters successor() {
            retired = true;
            return new Counters(counts.clone());
        }
    }

    private enum Kind {
        PLATFORM,
        GATE_THREAD,
        VIRTUAL;

        ThreadFactory factory() {
            return switch (this) {
                case PLATFORM -> Thread::new;
                case GATE_THREAD ->
                    body -> new GateThread("own") {
                        @Override
                        public void run() {
                            body.run();
                        }
                    };
                case VIRTUAL -> VirtualThreads.factory();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldLoseNoCallAndRunNoneOnARetiredOccupant(Kind kind) throws Exception {
        assumeTrue(kind != Kind.VIRTUAL || VirtualThreads.exist(), "virtual threads need Java 21");
        Gate gate = new Gate(0, new EverybodyWaits());
        Counters occupant = new Counters(new long[CALLERS]);
        gate.open(occupant);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS, kind.factory());
        List<Future<Long>> made = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            int caller = i;
            made.add(callers.submit(() -> callUntil(done, gate, caller)));
        }

        for (int swap = 0; swap < SWAPS; swap++) {
            occupant = exchange(gate, occupant);
        }
        done.set(true);

        for (int i = 0; i < CALLERS; i++) {
            long expected = made.get(i).get(30, SECONDS);
            assertThat(occupant.counts[i]).isEqualTo(expected);
        }
        callers.shutdown();
    }

    private static long callUntil(AtomicBoolean done, Gate gate, int caller) {
        long calls = 0;
        while (!done.get()) {
            DepthWord word = gate.word();
            int depth = word.depth();
            try {
                ((Counters) gate.enter(word, depth)).count(caller);
            } finally {
                word.lower(depth);
            }
            calls++;
        }
        return calls;
    }

    private static Counters exchange(Gate gate, Counters old) {
        gate.close(old);
        long deadline = System.nanoTime() + 50_000;
        while (!gate.isDrained()) {
            if (System.nanoTime() > deadline) {
                gate.open(old);
                Thread.yield();
                gate.close(old);
                deadline = System.nanoTime() + 50_000;
            }
            Thread.onSpinWait();
        }
        Counters successor = old.successor();
        gate.open(successor);
        return successor;
    }

    @Test
    void shouldRegisterThreadsWhileTheGateIsDrained() throws Exception {
        Gate gate = new Gate(0, new EverybodyWaits());
        Counters occupant = new Counters(new long[1]);
        AtomicInteger failures = new AtomicInteger();
        for (int round = 0; round < 500; round++) {
            gate.open(occupant);
            Thread once = new Thread(() -> {
                DepthWord word = gate.word();
                int depth = word.depth();
                try {
                    ((Counters) gate.enter(word, depth)).count(0);
                } catch (AssertionError e) {
                    failures.incrementAndGet();
                } finally {
                    word.lower(depth);
                }
            });
            once.start();
            occupant = exchange(gate, occupant);
            once.join(10_000);
        }
        assertThat(failures).hasValue(0);
        assertThat(occupant.counts[0]).isEqualTo(500);
    }
}

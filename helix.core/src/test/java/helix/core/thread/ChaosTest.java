package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.kernel.KernelException;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Everything that can be done to threads, done to them at random, from two sides, with CPUs going and coming. */
class ChaosTest {

    private static final int THREADS = 40;
    private static final int TURNS = 400;

    private final TestMachine three = new TestMachine(3, QueueScheduler.fifo());
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @RepeatedTest(3)
    void shouldBringEveryThreadToItsEndAndLeaveEveryCpuIdle(RepetitionInfo repetition) throws Exception {
        List<KernelThread<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            threads.add(three.threads.spawn(ThreadOptions.DEFAULT, () -> live(new Random(seed))));
        }
        AtomicBoolean stop = new AtomicBoolean();
        Thread tormentor = new Thread(() -> torment(threads, stop, new Random(repetition.getCurrentRepetition())));
        Thread ticker = new Thread(() -> {
            while (!stop.get()) {
                three.tick();
                Thread.yield();
            }
        });
        tormentor.start();
        ticker.start();
        int ended = 0;
        for (KernelThread<Integer> thread : threads) {
            try {
                assertThat(thread.join(Duration.ofSeconds(60)))
                        .as("turns of " + thread)
                        .contains(TURNS);
                ended++;
            } catch (CompletionException e) {
                assertThat(e).hasCauseInstanceOf(KernelException.class);
                ended++;
            }
        }
        stop.set(true);
        tormentor.join(TestMachine.LIMIT.toMillis());
        ticker.join(TestMachine.LIMIT.toMillis());
        three.awaitIdle();
        assertThat(ended).isEqualTo(THREADS);
        assertThat(three.machine.held()).isZero();
        assertThat(three.machine.stranded()).isZero();
        assertThat(three.machine.table().all()).isEmpty();
        assertThat(three.threads.machine().schedulerFaults()).isZero();
        if (three.threads.machine().lostCpus() + three.threads.machine().compensated() == 0) {
            assertThat(most.get()).isLessThanOrEqualTo(3);
        }
    }

    private int live(Random random) {
        for (int turn = 0; turn < TURNS; turn++) {
            int now = inside.incrementAndGet();
            most.accumulateAndGet(now, Math::max);
            inside.decrementAndGet();
            act(random.nextInt(4));
        }
        return TURNS;
    }

    private void act(int what) {
        try {
            switch (what) {
                case 0 -> three.threads.yield();
                case 1 -> three.threads.block(BlockReason.SIGNAL);
                case 2 -> three.threads.sleep(Duration.ofMillis(1));
                default -> three.threads.blocking(() -> null);
            }
        } catch (InterruptedException e) {
            // the tormentor interrupts; the wait has ended, which is all that is asked
            three.threads.checkpoint();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void torment(List<KernelThread<Integer>> threads, AtomicBoolean stop, Random random) {
        while (!stop.get()) {
            ControlBlock victim = (ControlBlock) threads.get(random.nextInt(THREADS));
            Steering steering = three.machine.steering();
            switch (random.nextInt(64)) {
                case 0 -> steering.kill(victim.number() % 4 == 0 ? victim : (ControlBlock) threads.get(0));
                case 1, 2 -> steering.stop(victim);
                case 3, 4 -> victim.interruptCarrier();
                case 5 -> three.cpus.offline(new CpuId(1 + random.nextInt(2)));
                case 6, 7 -> three.cpus.online(new CpuId(1 + random.nextInt(2)));
                default -> {
                    threads.forEach(thread -> steering.resume((ControlBlock) thread));
                    steering.wake(victim);
                }
            }
        }
    }
}

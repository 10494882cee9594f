package helix.hal.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.hal.TickSource;
import helix.api.hal.TickSource.Ticks;
import helix.tck.TickSourceContract;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class JvmTickSourceTest extends TickSourceContract {

    private static final long LIMIT_S = 10;

    @Override
    protected TickSource create() {
        return new JvmTickSource();
    }

    @Test
    void shouldTickOnADaemonThreadOfItsOwn() throws Exception {
        AtomicReference<Thread> ticker = new AtomicReference<>();
        CountDownLatch one = new CountDownLatch(1);

        try (Ticks ticks = create().start(PERIOD_NS, now -> {
            ticker.set(Thread.currentThread());
            one.countDown();
        })) {
            assertThat(ticks).isNotNull();
            assertThat(one.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(ticker.get().isDaemon()).isTrue();
        assertThat(ticker.get().getName()).isEqualTo("helix-tick");
        assertThat(ticker.get().isAlive()).as("after close").isFalse();
    }

    @Test
    void shouldDropTheTicksThatPassWhileTheHandlerIsBusy() throws Exception {
        long periodNs = TimeUnit.MICROSECONDS.toNanos(100);
        AtomicInteger delivered = new AtomicInteger();
        CountDownLatch twenty = new CountDownLatch(20);
        long beginNs = System.nanoTime();
        JvmTicks ticks = (JvmTicks) create().start(periodNs, now -> {
            if (delivered.incrementAndGet() == 1) {
                stayBusyUntil(now + 50 * periodNs);
            }
            twenty.countDown();
        });
        assertThat(twenty.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();

        ticks.close();

        assertThat(ticks.dropped()).isGreaterThanOrEqualTo(49);
        long periods = (System.nanoTime() - beginNs) / periodNs;
        assertThat(delivered.get() + ticks.dropped())
                .as("one tick per period, delivered or dropped, and none made up for")
                .isLessThanOrEqualTo(periods);
    }

    private static void stayBusyUntil(long endNs) {
        while (System.nanoTime() - endNs < 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldCountWhatTheHandlerThrows() throws Exception {
        CountDownLatch four = new CountDownLatch(4);

        try (JvmTicks ticks = (JvmTicks) create().start(PERIOD_NS, now -> {
            four.countDown();
            throw new AssertionError("thrown by the test");
        })) {
            assertThat(four.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
            assertThat(ticks.faults()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void shouldTickOnAndForgetAnInterruptThatTheHandlerLeavesBehind() throws Exception {
        CountDownLatch three = new CountDownLatch(3);
        AtomicInteger leftOver = new AtomicInteger();

        try (Ticks ticks = create().start(PERIOD_NS, now -> {
            leftOver.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            Thread.currentThread().interrupt();
            three.countDown();
        })) {
            assertThat(ticks).isNotNull();
            assertThat(three.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(leftOver).hasValue(0);
    }

    @Test
    @Timeout(10)
    void shouldNotWaitForEverToCloseWhenTheHandlerHangs() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Ticks ticks = create().start(PERIOD_NS, now -> {
            calls.incrementAndGet();
            inside.countDown();
            awaitRelease(release);
        });
        assertThat(inside.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();

        ticks.close();
        release.countDown();

        assertThat(calls).hasValue(1);
    }

    @Test
    void shouldCloseWhatStillTicksWhenTheComponentGoes() throws Exception {
        JvmTickSource source = new JvmTickSource();
        AtomicReference<Thread> ticker = new AtomicReference<>();
        CountDownLatch one = new CountDownLatch(1);
        Ticks ticks = source.start(PERIOD_NS, now -> {
            ticker.set(Thread.currentThread());
            one.countDown();
        });
        assertThat(one.await(LIMIT_S, TimeUnit.SECONDS)).isTrue();

        source.deactivate();

        assertThat(ticker.get().isAlive()).isFalse();
        ticks.close();
    }

    private static void awaitRelease(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

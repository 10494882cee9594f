package helix.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.hal.TickSource;
import helix.api.hal.TickSource.Ticks;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every {@link TickSource} promises. Waits are bounded; a source in real time needs milliseconds. */
public abstract class TickSourceContract {

    /** The period used in these tests. */
    protected static final long PERIOD_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long LIMIT_S = 10;

    /** A fresh source. */
    protected abstract TickSource create();

    /**
     * Lets time pass for a source whose time is driven by hand. A source in real time does nothing here.
     *
     * @param periods how many times {@link #PERIOD_NS}
     */
    protected void letPass(TickSource source, int periods) {}

    @Test
    public void shouldTickAgainAndAgain() throws Exception {
        TickSource source = create();
        CountDownLatch five = new CountDownLatch(5);

        try (Ticks ticks = source.start(PERIOD_NS, now -> five.countDown())) {
            assertThat(ticks).isNotNull();
            letPass(source, 5);
            assertThat(five.await(LIMIT_S, TimeUnit.SECONDS))
                    .as("five ticks came")
                    .isTrue();
        }
    }

    @Test
    public void shouldNotTickBeforeTheFirstPeriodIsOver() throws Exception {
        TickSource source = create();
        long beforeNs = source.nowNs();
        AtomicReference<Long> firstNs = new AtomicReference<>();
        CountDownLatch one = new CountDownLatch(1);

        try (Ticks ticks = source.start(PERIOD_NS, now -> {
            firstNs.compareAndSet(null, now);
            one.countDown();
        })) {
            assertThat(ticks).isNotNull();
            letPass(source, 1);
            assertThat(one.await(LIMIT_S, TimeUnit.SECONDS)).as("a tick came").isTrue();
        }
        assertThat(firstNs.get() - beforeNs).isGreaterThanOrEqualTo(PERIOD_NS);
    }

    @Test
    public void shouldPassTimesThatGrow() throws Exception {
        TickSource source = create();
        Queue<Long> times = new ConcurrentLinkedQueue<>();
        CountDownLatch twenty = new CountDownLatch(20);

        try (Ticks ticks = source.start(PERIOD_NS, now -> {
            times.add(now);
            twenty.countDown();
        })) {
            assertThat(ticks).isNotNull();
            letPass(source, 20);
            assertThat(twenty.await(LIMIT_S, TimeUnit.SECONDS)).as("ticks came").isTrue();
        }
        assertThat(times).doesNotHaveDuplicates();
        assertThat(times.stream().toList()).isSorted();
    }

    @Test
    public void shouldNotGoBackInTime() {
        TickSource source = create();
        long before = source.nowNs();

        letPass(source, 1);

        assertThat(source.nowNs() - before).isGreaterThanOrEqualTo(0);
    }

    @Test
    public void shouldRefusePeriodsThatAreNotAboveZero() {
        TickSource source = create();

        assertThatThrownBy(() -> source.start(0, now -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> source.start(-5, now -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-5");
    }

    @Test
    public void shouldGoOnWhenTheHandlerThrows() throws Exception {
        TickSource source = create();
        CountDownLatch three = new CountDownLatch(3);

        try (Ticks ticks = source.start(PERIOD_NS, now -> {
            three.countDown();
            throw new IllegalStateException("thrown by the test");
        })) {
            assertThat(ticks).isNotNull();
            letPass(source, 3);
            assertThat(three.await(LIMIT_S, TimeUnit.SECONDS))
                    .as("three ticks came")
                    .isTrue();
        }
    }

    @Test
    public void shouldBeginNoCallAfterClose() throws Exception {
        TickSource source = create();
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch one = new CountDownLatch(1);
        Ticks ticks = source.start(PERIOD_NS, now -> {
            calls.incrementAndGet();
            one.countDown();
        });
        letPass(source, 1);
        assertThat(one.await(LIMIT_S, TimeUnit.SECONDS)).as("a tick came").isTrue();

        ticks.close();
        int atClose = calls.get();
        watchAnother(source, 5);

        assertThat(calls).hasValue(atClose);
    }

    @Test
    public void shouldAllowClosingTwice() {
        Ticks ticks = create().start(PERIOD_NS, now -> {});

        ticks.close();
        ticks.close();
    }

    @Test
    public void shouldStopAtOnceWhenTheHandlerClosesItsOwnSeries() throws Exception {
        TickSource source = create();
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Ticks> own = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch one = new CountDownLatch(1);
        own.set(source.start(PERIOD_NS, now -> {
            calls.incrementAndGet();
            awaitQuietly(known);
            own.get().close();
            one.countDown();
        }));
        known.countDown();

        letPass(source, 1);
        assertThat(one.await(LIMIT_S, TimeUnit.SECONDS))
                .as("the handler returned from close")
                .isTrue();
        watchAnother(source, 5);

        assertThat(calls).hasValue(1);
    }

    /** Time passes for the series under test as well while another one ticks. */
    private void watchAnother(TickSource source, int count) throws InterruptedException {
        CountDownLatch others = new CountDownLatch(count);
        try (Ticks ticks = source.start(PERIOD_NS, now -> others.countDown())) {
            assertThat(ticks).isNotNull();
            letPass(source, count);
            assertThat(others.await(LIMIT_S, TimeUnit.SECONDS))
                    .as("a second series ticks")
                    .isTrue();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(LIMIT_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package helix.hal.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.hal.TickSource;
import helix.api.hal.TickSource.Ticks;
import helix.tck.TickSourceContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class SimTickSourceTest extends TickSourceContract {

    private final SimTickSource source = new SimTickSource();
    private final List<String> seen = new ArrayList<>();

    @Override
    protected TickSource create() {
        return new SimTickSource();
    }

    @Override
    protected void letPass(TickSource driven, int periods) {
        ((SimTickSource) driven).advance(Duration.ofNanos(PERIOD_NS * periods));
    }

    @Test
    void shouldStandStillUntilMoved() {
        source.start(10, now -> seen.add("tick"));

        assertThat(source.nowNs()).isZero();
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldDeliverEveryTickOnTheWayAtItsOwnTime() {
        source.start(10, now -> seen.add(now + " " + source.nowNs()));

        source.advance(Duration.ofNanos(35));

        assertThat(seen).containsExactly("10 10", "20 20", "30 30");
        assertThat(source.nowNs()).isEqualTo(35);
    }

    @Test
    void shouldDeliverTheTicksOfSeveralSeriesInOrderOfTime() {
        source.start(10, now -> seen.add("a" + now));
        source.start(15, now -> seen.add("b" + now));

        source.advance(Duration.ofNanos(30));

        assertThat(seen).containsExactly("a10", "b15", "a20", "a30", "b30");
    }

    @Test
    void shouldDeliverOnTheThreadOfTheMover() {
        AtomicReference<Thread> ticker = new AtomicReference<>();
        source.start(10, now -> ticker.set(Thread.currentThread()));

        source.advance(Duration.ofNanos(10));

        assertThat(ticker.get()).isSameAs(Thread.currentThread());
    }

    @Test
    void shouldMoveToTheNextTicks() {
        source.start(10, now -> seen.add("" + now));
        source.advance(Duration.ofNanos(5));

        assertThat(source.advanceTicks(3)).isEqualTo(3);

        assertThat(seen).containsExactly("10", "20", "30");
        assertThat(source.nowNs()).isEqualTo(30);
    }

    @Test
    void shouldMoveToNoTickWhenNothingTicks() {
        assertThat(source.advanceTicks(3)).isZero();
        assertThat(source.nowNs()).isZero();
    }

    @Test
    void shouldBeDrivenAsALongConsumerByThoseWhoCannotSeeItsClass() {
        source.start(10, now -> seen.add("" + now));
        LongConsumer clock = source;

        clock.accept(20);

        assertThat(seen).containsExactly("10", "20");
    }

    @Test
    void shouldNotGoBack() {
        assertThatThrownBy(() -> source.accept(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void shouldStartTheTicksOfASeriesBegunByAHandler() {
        source.start(10, now -> {
            if (now == 10) {
                source.start(7, inner -> seen.add("" + inner));
            }
        });

        source.advance(Duration.ofNanos(25));

        assertThat(seen).containsExactly("17", "24");
    }

    @Test
    void shouldRefuseToBeMovedByItsOwnHandler() {
        SimTicks ticks = (SimTicks) source.start(10, now -> {
            seen.add("" + now);
            source.advance(Duration.ofNanos(100));
        });

        source.advance(Duration.ofNanos(10));

        assertThat(seen).containsExactly("10");
        assertThat(ticks.faults()).isEqualTo(1);
        assertThat(source.nowNs()).isEqualTo(10);
    }

    @Test
    void shouldDeliverNothingToASeriesClosedByAnotherHandlerOnTheWay() {
        AtomicReference<Ticks> other = new AtomicReference<>();
        source.start(10, now -> other.get().close());
        other.set(source.start(15, now -> seen.add("" + now)));

        source.advance(Duration.ofNanos(100));

        assertThat(seen).isEmpty();
    }

    @Test
    void shouldDeliverNothingToASeriesClosedJustBeforeItsTurn() {
        SimTicks ticks = (SimTicks) source.start(10, now -> seen.add("" + now));

        ticks.close();
        ticks.deliver();

        assertThat(seen).isEmpty();
    }

    @Test
    void shouldLetMoversTakeTurns() throws Exception {
        List<Long> times = new ArrayList<>();
        source.start(1, times::add);
        CountDownLatch both = new CountDownLatch(2);
        Runnable mover = () -> {
            for (int i = 0; i < 1_000; i++) {
                source.accept(1);
            }
            both.countDown();
        };

        new Thread(mover, "mover-1").start();
        new Thread(mover, "mover-2").start();

        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(times).hasSize(2_000).isSorted().doesNotHaveDuplicates();
    }
}

package helix.tck;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, each thread is in exactly one place. */
public interface SchedulerConservation extends SchedulerFactory {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_26, 77_777, 123_456_789})
    default void shouldLoseAndDuplicateNoThreadInAnyOrderOfCalls(long seed) throws Exception {
        RandomCalls calls = new RandomCalls(this, seed);
        for (int step = 0; step < 5_000; step++) {
            calls.step();
        }
        calls.finish();
    }
}

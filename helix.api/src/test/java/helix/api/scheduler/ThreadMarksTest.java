package helix.api.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.thread.ThreadId;
import helix.api.thread.ThreadRef;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadMarksTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 65_000, 70_000, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void shouldKnowAThreadAgainHoweverFarItsNumberIs(long number) {
        ThreadMarks marks = new ThreadMarks(0, 2);

        assertThat(marks.mark(thread(number))).isTrue();
        assertThat(marks.mark(thread(number))).isFalse();
    }

    @Test
    void shouldTellThreadsApart() {
        ThreadMarks marks = new ThreadMarks(-3, 100_000);

        for (long number = -3; number < 200_000; number++) {
            assertThat(marks.mark(thread(number))).isTrue();
        }
        assertThat(marks.mark(thread(Long.MAX_VALUE))).isTrue();
    }

    private static ThreadRef thread(long number) {
        return (ThreadRef) Proxy.newProxyInstance(
                ThreadRef.class.getClassLoader(),
                new Class<?>[] {ThreadRef.class},
                (proxy, method, arguments) -> new ThreadId(number));
    }
}

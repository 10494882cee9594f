package helix.scheduler.priority;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.tck.FakeThread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelsTest {

    private final Levels levels = new Levels();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 127, 128, 139, 140})
    void shouldFindTheOnlyOccupiedLevelFromAnyLevelUpToIt(int level) {
        levels.append(level, new FakeThread(1));

        for (int from = 0; from <= level; from++) {
            assertThat(levels.occupiedFrom(from)).as("from %d", from).isEqualTo(level);
        }
        for (int from = level + 1; from <= Levels.NONE; from++) {
            assertThat(levels.occupiedFrom(from)).as("from %d", from).isEqualTo(Levels.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 140})
    void shouldForgetALevelWhenItsLastThreadIsTaken(int level) {
        FakeThread first = new FakeThread(1);
        FakeThread second = new FakeThread(2);
        levels.append(level, first);
        levels.append(level, second);

        assertThat(levels.remove(level, second)).isTrue();
        assertThat(levels.occupiedFrom(0)).isEqualTo(level);
        assertThat(levels.remove(level, first)).isTrue();

        assertThat(levels.occupiedFrom(0)).isEqualTo(Levels.NONE);
        assertThat(levels.size()).isZero();
    }

    @Test
    void shouldDropThreadsThatHaveEndedWhenItComesAcrossThem() {
        FakeThread ended = new FakeThread(1);
        FakeThread alive = new FakeThread(2);
        levels.append(100, ended);
        levels.append(100, alive);
        ended.dies();

        assertThat(levels.first(100, new CpuId(0))).isSameAs(alive);
        assertThat(levels.size()).isEqualTo(1);
    }

    @Test
    void shouldFindAThreadWhoseOwnLevelHasChanged() {
        FakeThread thread = new FakeThread(1).withPriority(120);
        levels.append(120, thread);
        thread.withPriority(50);

        assertThat(levels.remove(thread)).isTrue();
        assertThat(levels.size()).isZero();
    }
}

package helix.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CpuSetTest {

    @Test
    void shouldContainWhatItWasMadeOf() {
        CpuSet set = CpuSet.of(new CpuId(0), new CpuId(63));

        assertThat(set.contains(new CpuId(0))).isTrue();
        assertThat(set.contains(new CpuId(63))).isTrue();
        assertThat(set.contains(new CpuId(1))).isFalse();
        assertThat(set).hasToString("0,63");
        assertThat(CpuSet.ALL).hasToString("all");
    }

    @Test
    void shouldRefuseToBeEmptyOrToNameImpossibleCpus() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuSet(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuId(64));
        assertThatIllegalArgumentException().isThrownBy(() -> new CpuId(-1));
    }
}

package helix.api.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleVersionTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1.0.0",
        "1.2, 1.2.0",
        "1.2.3, 1.2.3",
        "1.2.3.alpha, 1.2.3",
        "1.2.3-beta, 1.2.3",
        "65535.0.0, 65535.0.0"
    })
    void shouldReadWhatPeopleWrite(String text, String version) {
        assertThat(ModuleVersion.parse(text)).hasToString(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1..2", "-1", "65536", "1.2.3x", "999999999999"})
    void shouldRefuseWhatIsNoVersion(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ModuleVersion.parse(text));
    }

    @Test
    void shouldOrderByMajorThenMinorThenPatch() {
        assertThat(ModuleVersion.parse("1.10.0")).isGreaterThan(ModuleVersion.parse("1.9.9"));
        assertThat(ModuleVersion.parse("2.0.0")).isGreaterThan(ModuleVersion.parse("1.99.99"));
        assertThat(ModuleVersion.parse("1.0.1")).isGreaterThan(ModuleVersion.parse("1.0.0"));
    }

    @Test
    void shouldBeCompatibleWithinOneMajor() {
        assertThat(ModuleVersion.parse("1.2").isCompatibleWith(ModuleVersion.parse("1.9")))
                .isTrue();
        assertThat(ModuleVersion.parse("1.2").isCompatibleWith(ModuleVersion.parse("2.2")))
                .isFalse();
    }
}

package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({"OK, 0", "FAILED, 1", "USAGE, 2", "LOCKED, 5", "RESTART, 10", "PANIC, 70", "CONFIG, 78"})
    void shouldKeepTheNumbersScriptsRelyOn(ExitCode code, int number) {
        assertThat(code.code()).isEqualTo(number);
        assertThat(ExitCode.ofStatus(number)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"poweroff, OK", "halt, OK", "reboot, RESTART", "panic, PANIC"})
    void shouldMapTheReasonOfTheKernel(String reason, ExitCode expected) {
        assertThat(ExitCode.ofReason(reason)).contains(expected);
    }

    @Test
    void shouldNotInventAMeaningForUnknownReasonOrStatus() {
        assertThat(ExitCode.ofReason("nosuch")).isEmpty();
        assertThat(ExitCode.ofStatus(137)).isEqualTo(ExitCode.FAILED);
    }
}

package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import helix.launcher.CommandLine.Action;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void shouldBootWithConsoleWhenNothingIsAsked() throws LauncherException {
        CommandLine line = parse("");

        assertThat(line.action()).isEqualTo(Action.RUN);
        assertThat(line.console()).isTrue();
        assertThat(line.clean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "start, START",
        "stop, STOP",
        "status, STATUS",
        "shell, SHELL",
        "--version, VERSION",
        "--help, HELP",
        "-h, HELP",
        "--clean, RUN",
        "--no-console, RUN"
    })
    void shouldKnowEveryVerb(String word, Action expected) throws LauncherException {
        assertThat(parse(word).action()).isEqualTo(expected);
    }

    @Test
    void shouldBootWithoutConsoleWhenCommandsAreGiven() throws LauncherException {
        CommandLine line = parse("-c|helix:slots; helix:cpus");

        assertThat(line.action()).isEqualTo(Action.RUN);
        assertThat(line.commands()).contains("helix:slots; helix:cpus");
        assertThat(line.console()).isFalse();
    }

    @Test
    void shouldSendCommandsToTheRunningKernelWhenShellIsNamed() throws LauncherException {
        CommandLine line = parse("shell|-c|helix:slots");

        assertThat(line.action()).isEqualTo(Action.SHELL);
        assertThat(line.commands()).contains("helix:slots");
    }

    @Test
    void shouldCleanBeforeStartInTheBackground() throws LauncherException {
        assertThat(parse("--clean|start").clean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nosuch",
                "-x",
                "-c",
                "-c| ",
                "-c|a|-c|b",
                "start|stop",
                "stop|-c|a",
                "stop|--clean",
                "shell|--clean",
                "shell|--no-console"
            })
    void shouldRefuseWhatMakesNoSense(String words) {
        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> parse(words));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldNameTheWordAndTheAlternativesWhenAnArgumentIsUnknown() {
        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> parse("strat"));

        assertThat(refusal).hasMessageContaining("'strat'").hasMessageContaining("have [start, stop, status, shell");
    }

    private static CommandLine parse(String words) throws LauncherException {
        return CommandLine.parse(words.isEmpty() ? List.of() : List.of(words.split("\\|")));
    }
}

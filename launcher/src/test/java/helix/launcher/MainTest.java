package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldPrintTheVersionOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).trim()).matches("\\d+\\.\\d+\\.\\d+(-\\w+)?");
    }

    @Test
    void shouldPrintHelpToTheOutput() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("usage: helix", "exit codes");
    }

    @Test
    void shouldEndWithTwoAndAHintWhenTheCommandLineIsWrong() {
        assertThat(run("--nosuch")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("'--nosuch'", "--help");
    }

    @Test
    void shouldEndWithOneWhenThereIsNoKernelToTalkTo() {
        assertThat(run("shell", "-c", "helix:slots")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no kernel runs on", "helix start");
    }

    @Test
    void shouldNotBeConfusedByTheAddressOfAKilledKernel() throws Exception {
        Files.createDirectories(home.resolve("data/run"));
        Files.writeString(
                home.resolve("data/run/shell.address"),
                home.resolve("gone.sock").toString());
        Files.writeString(home.resolve("data/lock.pid"), "1");

        assertThat(run("shell", "-c", "helix:slots")).isEqualTo(1);
        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no kernel runs on");
    }

    @Test
    void shouldSayNotRunningWhenAskedForStatusOrToldToStop() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("stop")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("not running\nnot running\n");
    }

    @Test
    void shouldSayInOneLineThatTheDataDirectoryIsNoPath() {
        assertThat(run(Map.of("helix.home", home.toString(), "helix.data", "no\0path"), "status"))
                .isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("is no path in this locale", "HELIX_DATA")
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseToBootWithoutConfigurationDirectory() {
        assertThat(run(Map.of("helix.home", home.toString(), "helix.etc", home + "/nosuch"), "-c", "helix:slots"))
                .isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no configuration directory " + home + "/nosuch", "HELIX_ETC")
                .hasLineCount(1);
    }

    private int run(String... arguments) {
        return run(Map.of("helix.home", home.toString()), arguments);
    }

    private int run(Map<String, String> properties, String... arguments) {
        PrintStream output = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new Main(properties::get, output, errors).run(List.of(arguments));
    }
}

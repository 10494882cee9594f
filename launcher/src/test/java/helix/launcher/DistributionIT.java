package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import helix.launcher.TestDistribution.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in the assembled distribution: run by its script, as a process, with a probe for the Helix bundles. */
@Timeout(120)
class DistributionIT {

    @TempDir
    Path folder;

    private TestDistribution helix;

    @BeforeEach
    void unpack() throws IOException {
        helix = TestDistribution.withProbe(folder);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(helix.helix("stop").status()).isZero();
    }

    @Test
    void shouldRunCommandsAndEndWithTheirStatus() throws Exception {
        Result good = helix.helix("-c", "echo hello");
        Result bad = helix.helix("-c", "fail no slot 'nosuch'");

        assertThat(good).isEqualTo(new Result(0, "hello", ""));
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(helix.data().resolve("run"))))
                .isEqualTo("rwx------");
        assertThat(bad).isEqualTo(new Result(3, "", "no slot 'nosuch'"));
        assertThat(helix.data().resolve("run/shell.address")).doesNotExist();
    }

    @Test
    void shouldStartServeAndStopInTheBackground() throws Exception {
        assertThat(helix.helix("start").out()).startsWith("started, process ");

        assertThat(helix.helix("status").status()).isZero();
        assertThat(helix.helix("shell", "-c", "echo there").out()).isEqualTo("there");
        assertThat(helix.helix("start").status()).isEqualTo(5);
        assertThat(helix.helix("-c", "echo x").err()).contains("in use by process");
        assertThat(helix.helix("stop").out()).startsWith("stopped, was process ");
        assertThat(helix.helix("status").status()).isEqualTo(1);
        assertThat(helix.data().resolve("lock.pid")).doesNotExist();
    }

    @Test
    void shouldStopInOrderAndEndWith143WhenTerminated() throws Exception {
        Process kernel = helix.inForeground();

        kernel.destroy();

        assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(kernel.exitValue()).isEqualTo(143);
        // The probe removes its address when it is stopped; a killed process would leave it.
        assertThat(helix.data().resolve("run/shell.address")).doesNotExist();
        assertThat(helix.data().resolve("lock.pid")).doesNotExist();
    }

    @Test
    void shouldComeUpAgainAfterItWasKilled() throws Exception {
        Process kernel = helix.inForeground();
        assertThat(kernel.destroyForcibly().waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(helix.data().resolve("run/shell.address")).exists();
        assertThat(helix.helix("shell", "-c", "echo x").err()).contains("no kernel runs on");
        assertThat(helix.helix("-c", "echo again").out()).isEqualTo("again");
    }

    @Test
    void shouldRemoveTheAddressOfAKilledKernelBeforeItsOwnShellIsReady() throws Exception {
        Path address = helix.data().resolve("run/shell.address");
        Files.createDirectories(address.getParent());
        Files.writeString(address, "/gone");
        Files.delete(helix.bundles().resolve("10/probe.jar")); // so nobody writes another

        Process kernel = helix.inForegroundUntil(helix.data().resolve("cache.origin"));

        assertThat(address).doesNotExist();
        kernel.destroy();
        assertThat(kernel.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldTellTheSupervisorWhyTheKernelWentDown() throws Exception {
        assertThat(helix.helix("-c", "shutdown poweroff").status()).isZero();
        assertThat(helix.helix("-c", "shutdown reboot").status()).isEqualTo(10);
        assertThat(helix.helix("-c", "shutdown panic").status()).isEqualTo(70);
        assertThat(helix.helix("-c", "shutdown halt").status()).isZero();
    }

    @Test
    void shouldHaveConfigurationFilesInPlaceBeforeStartLevelTen() throws Exception {
        Files.writeString(helix.etc().resolve("probe.cfg"), "colour = green\n");

        assertThat(helix.helix("-c", "setting").out()).isEqualTo("green");

        Files.writeString(helix.etc().resolve("probe.cfg"), "colour = blue\n");

        assertThat(helix.helix("-c", "setting").out()).isEqualTo("blue");
    }

    @Test
    void shouldNotShipTheBundleThatOpensAConsoleByItself() throws Exception {
        assertThat(helix.helix("-c", "state org.apache.felix.gogo.jline").out()).isEqualTo("absent");
        assertThat(helix.helix("-c", "state org.apache.felix.gogo.runtime").out())
                .isEqualTo("active");
    }

    @Test
    void shouldPutBundlesAtTheLevelOfTheirFolder() throws Exception {
        assertThat(helix.helix("-c", "levels").out())
                .contains("org.ops4j.pax.logging.pax-logging-api=1\n")
                .contains("org.apache.felix.scr=5\n")
                .contains("probe=10\n");
    }

    @Test
    void shouldHideCandidatesFromTheFirstBundleOn() throws Exception {
        assertThat(helix.helix("-c", "candidates").out()).isEqualTo("hidden");
    }

    @Test
    void shouldLogMoreWithoutRestartWhenTheLevelIsChanged() throws Exception {
        helix.helix("start");
        Path log = helix.data().resolve("log/helix.log");
        helix.helix("shell", "-c", "warn wired");
        helix.helix("shell", "-c", "debug too early");

        Files.writeString(
                helix.etc().resolve("org.ops4j.pax.logging.cfg"),
                "\nlog4j2.logger.probe.name = probe\nlog4j2.logger.probe.level = DEBUG\n",
                StandardOpenOption.APPEND);

        // Each round is a process of its own, so there are well under ten in the second or two this takes.
        boolean seen = false;
        for (int round = 0; round < 60 && !seen; round++) {
            helix.helix("shell", "-c", "debug heard");
            seen = Files.readString(log).contains("heard");
        }
        assertThat(seen).as("debug line in " + log).isTrue();
        assertThat(log).content().contains("wired").doesNotContain("too early");
    }

    @Test
    void shouldKeepTheOutputForAnswersWhenBundlesPrint() throws Exception {
        assertThat(helix.helix("-c", "print noise").out()).isEqualTo("printed");
        assertThat(helix.data().resolve("log/console.out")).content().contains("noise");
    }

    @Test
    void shouldBeQuietOnTheConsoleExceptForWarnings() throws Exception {
        helix.helix("start");
        Path console = helix.data().resolve("log/console.out");

        assertThat(console).isEmptyFile();

        helix.helix("shell", "-c", "warn disk is nearly full");
        assertThat(console).hasContent("helix: WARN chatter: disk is nearly full");
    }

    @Test
    void shouldForgetTheCacheButNotTheDataWhenAskedTo() throws Exception {
        helix.helix("-c", "echo first");
        Path journal = Files.writeString(helix.data().resolve("journal"), "swaps");
        Path rubbish = Files.writeString(helix.data().resolve("cache/rubbish"), "x");

        helix.helix("-c", "echo cached");
        assertThat(rubbish).exists();

        helix.helix("--clean", "-c", "echo clean");
        assertThat(rubbish).doesNotExist();
        assertThat(journal).hasContent("swaps");
    }

    @Test
    void shouldForgetTheCacheWhenTheDistributionChanged() throws Exception {
        helix.helix("-c", "echo first");
        Path rubbish = Files.writeString(helix.data().resolve("cache/rubbish"), "x");
        Files.delete(helix.bundles().resolve("05").resolve("org.apache.felix.metatype-1.2.4.jar"));

        assertThat(helix.helix("-c", "state org.apache.felix.metatype").out()).isEqualTo("absent");
        assertThat(rubbish).doesNotExist();
    }

    @Test
    void shouldEndWithOneAndNameTheBundleThatDoesNotStart() throws Exception {
        Files.delete(helix.bundles().resolve("05").resolve("org.osgi.util.promise-1.3.0.jar"));

        Result result = helix.helix("-c", "echo x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("org.apache.felix.scr").doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseADataDirectoryOfANewerHelix() throws Exception {
        helix.helix("-c", "echo x");
        Files.writeString(helix.data().resolve("format"), "99");

        Result result = helix.helix("-c", "echo x");

        assertThat(result.status()).isEqualTo(78);
        assertThat(result.err()).contains("format 99");
    }

    @Test
    void shouldTellBundlesThatNoConsoleIsWanted() throws Exception {
        assertThat(helix.helix("-c", "property helix.console").out()).isEqualTo("none");
    }
}

package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import helix.launcher.TestDistribution.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Helix as it is shipped and as a user runs it: by its script, with the commands of its shell. */
@Timeout(120)
class ShippedIT {

    @TempDir
    Path folder;

    private TestDistribution helix;

    @BeforeEach
    void unpack() throws IOException {
        helix = TestDistribution.asShipped(folder);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(helix.helix("stop").status()).isZero();
    }

    @Test
    void shouldSwapTheSchedulerAndShowWhatEachCommandReturns() throws Exception {
        Result result = helix.helix("-c", "helix:swap scheduler prio; helix:slots; helix:uptime");

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("scheduler: swapped roundrobin@1.0.0 for priority@1.0.0")
                .contains(" 1 | scheduler | Active | priority@1.0.0")
                .contains("booted in");
    }

    @Test
    void shouldFailWithTheReasonWhenACommandFails() throws Exception {
        Result result = helix.helix("-c", "helix:swap scheduler nosuch; helix:slots");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("NOT_FOUND: no module 'nosuch' for slot 'scheduler', have [priority, roundrobin]")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldServeTheShellOfARunningKernelAndRememberWhoServed() throws Exception {
        assertThat(helix.helix("start").status()).isZero();
        assertThat(helix.helix("shell", "-c", "helix:swap scheduler priority").status())
                .isZero();
        assertThat(helix.helix("shell", "-c", "helix:slots --json").out()).contains("\"occupant\":\"priority@1.0.0\"");
        assertThat(helix.helix("shell", "-c", "helix:swap scheduler default").out())
                .contains("for roundrobin@1.0.0");
        assertThat(helix.helix("shell", "-c", "helix:swap scheduler prio").status())
                .isZero();
        assertThat(helix.helix("stop").status()).isZero();

        assertThat(helix.helix("-c", "helix:slots").out()).contains("| Active | priority@1.0.0");
    }

    @Test
    void shouldStartWithTheConfiguredModule() throws Exception {
        Path settings = helix.etc().resolve("helix.slot-scheduler.cfg");
        Files.writeString(settings, Files.readString(settings).replace("#module = roundrobin", "module = prio"));

        assertThat(helix.helix("-c", "helix:slots").out()).contains("| Active | priority@1.0.0");
    }

    @Test
    void shouldSayWhichSettingItDoesNotUse() throws Exception {
        Path settings = helix.etc().resolve("helix.slot-scheduler.cfg");
        Files.writeString(settings, Files.readString(settings).replace("hold_ms = 2000", "hold_ms = 9000"));

        Result result = helix.helix("-c", "helix:slots");

        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("its configuration is not used: the hold time 9000 ms is not in 0..4999 ms");
    }

    @Test
    void shouldTellTheOperatorWhichPortTheExampleFoundTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Stream<Path> examples = Files.list(helix.etc().resolveSibling("examples"))) {
            Path example = examples.filter(jar -> jar.toString().contains("example.http"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(helix.etc().resolve("helix.example.http.cfg"), "port = " + taken.getLocalPort() + "\n");

            Result result = helix.helix("-c", "felix:start " + example.toUri());

            assertThat(result.err())
                    .contains(":" + taken.getLocalPort() + ": Address already in use", "port", "helix.example.http")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void shouldTellItsSupervisorToStartItAgainOnReboot() throws Exception {
        assertThat(helix.helix("-c", "helix:shutdown reboot").status()).isEqualTo(10);
        assertThat(helix.helix("-c", "helix:shutdown sideways").err()).contains("poweroff, reboot, halt");
    }
}

package helix.shell.boot;

import static org.assertj.core.api.Assertions.assertThat;

import helix.shell.Fakes;
import helix.shell.GogoFixture;
import helix.shell.system.BootClock;
import helix.shell.system.PowerSwitch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.service.condition.Condition;

class FrontendsTest {

    private final GogoFixture gogo = new GogoFixture();
    private final BootClock clock = new BootClock(() -> Duration.ofMillis(900));

    @TempDir
    Path data;

    @AfterEach
    void close() {
        gogo.close();
    }

    private Frontends open(String dataProperty) {
        BundleContext context = Fakes.proxy(
                BundleContext.class, (proxy, method, words) -> "helix.data".equals(words[0]) ? dataProperty : null);
        PowerSwitch power = new PowerSwitch(() -> null);
        return new Frontends(context, gogo.processor, clock, power, Condition.INSTANCE, null, List.of());
    }

    @Test
    void shouldOpenSocketBelowDataAndNoteThatItIsReady() {
        Frontends frontends = open(data.toString());

        assertThat(data.resolve("run/shell.address")).exists();
        assertThat(clock.boot()).contains(Duration.ofMillis(900));
        frontends.close();
        assertThat(data.resolve("run/shell.address")).doesNotExist();
    }

    @Test
    void shouldOpenNoSocketWithoutData() {
        open(null).close();

        assertThat(data).isEmptyDirectory();
        assertThat(clock.boot()).isPresent();
    }

    @Test
    void shouldGoOnWithoutSocketThatCannotBeOpened() throws Exception {
        Path file = Files.createFile(data.resolve("file"));

        open(file.toString()).close();

        assertThat(clock.boot()).isPresent();
    }
}

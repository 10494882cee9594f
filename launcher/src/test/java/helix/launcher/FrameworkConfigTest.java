package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkConfigTest {

    @TempDir
    Path home;

    @Test
    void shouldTellBundlesWhereThingsAre() throws Exception {
        Map<String, String> config = config(true);

        assertThat(config)
                .containsEntry("helix.home", home.toString())
                .containsEntry("helix.etc", home.resolve("etc").toString())
                .containsEntry("helix.data", home.resolve("data").toString())
                .containsEntry("helix.version", "1.2.3")
                .containsEntry("helix.boot.start", "42")
                .containsEntry("helix.console", "interactive")
                .containsEntry("org.osgi.framework.startlevel.beginning", "100");
    }

    @Test
    void shouldOpenNoConsoleWhenNoneIsWanted() throws Exception {
        assertThat(config(false)).containsEntry("helix.console", "none");
    }

    @Test
    void shouldTakeUserPropertiesButNotLetThemMoveTheFolders() throws Exception {
        writeUserFile("helix.node = plant7 \nhelix.data = elsewhere\nmy.own = x\n");

        assertThat(config(true))
                .containsEntry("helix.node", "plant7")
                .containsEntry("my.own", "x")
                .containsEntry("helix.data", home.resolve("data").toString());
    }

    @Test
    void shouldRefuseABrokenUserFile() throws IOException {
        writeUserFile("a = \\u12\n");

        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> config(true));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(refusal).hasMessageContaining("helix.properties");
    }

    @BeforeEach
    void makeConfigurationFolder() throws IOException {
        Files.createDirectory(home.resolve("etc"));
    }

    private Map<String, String> config(boolean console) throws LauncherException {
        Layout layout = new Layout(home, home.resolve("etc"), home.resolve("data"));
        return FrameworkConfig.of(layout, console, "1.2.3", 42);
    }

    private void writeUserFile(String text) throws IOException {
        Path etc = Files.createDirectories(home.resolve("etc"));
        Files.writeString(etc.resolve("helix.properties"), text);
    }
}

package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {

    @TempDir
    Path bundles;

    @Test
    void shouldOrderByStartLevelThenByName() throws Exception {
        ship("10", "a.jar");
        ship("9", "z.jar");
        ship("9", "b.jar");

        assertThat(Distribution.read(bundles).bundles())
                .extracting(
                        shipped -> shipped.startLevel() + " " + shipped.jar().getFileName())
                .containsExactly("9 b.jar", "9 z.jar", "10 a.jar");
    }

    @Test
    void shouldTakeJarsOnly() throws Exception {
        ship("05", "a.jar");
        ship("05", "readme.txt");

        assertThat(Distribution.read(bundles).bundles()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "x", "100", "-1"})
    void shouldRefuseAFolderThatIsNoStartLevel(String folder) throws IOException {
        ship(folder, "a.jar");

        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> Distribution.read(bundles));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(refusal).hasMessageContaining(folder).hasMessageContaining("from 1 to 99");
    }

    @Test
    void shouldRefuseADistributionWithoutBundles() {
        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> Distribution.read(bundles));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.CONFIG);
    }

    @Test
    void shouldChangeItsFingerprintWhenContentOrLevelChanges() throws Exception {
        Path jar = ship("05", "a.jar");
        String original = Distribution.read(bundles).fingerprint();

        Files.writeString(jar, "A.jar");
        String otherContent = Distribution.read(bundles).fingerprint();
        Files.delete(jar);
        ship("06", "a.jar");
        String otherLevel = Distribution.read(bundles).fingerprint();

        assertThat(new String[] {original, otherContent, otherLevel}).doesNotHaveDuplicates();
    }

    private Path ship(String level, String name) throws IOException {
        Path folder = Files.createDirectories(bundles.resolve(level));
        return Files.writeString(folder.resolve(name), name);
    }
}

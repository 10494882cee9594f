package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFormatTest {

    @TempDir
    Path data;

    private Layout layout;

    @BeforeEach
    void layOut() {
        layout = new Layout(data, data, data);
    }

    @Test
    void shouldMarkANewDirectoryWithTheCurrentFormat() throws Exception {
        DataFormat.check(layout);

        assertThat(layout.format()).hasContent("1\n");
        DataFormat.check(layout);
    }

    @Test
    void shouldRefuseADirectoryOfANewerHelix() throws IOException {
        Files.writeString(layout.format(), "2\n");

        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> DataFormat.check(layout));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(refusal).hasMessageContaining("format 2").hasMessageContaining("up to 1");
        assertThat(layout.format()).hasContent("2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "0", "-1", "99999999999"})
    void shouldRefuseWhatIsNoFormatNumber(String text) throws IOException {
        Files.writeString(layout.format(), text);

        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> DataFormat.check(layout));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(refusal).hasMessageContaining("'" + text + "'");
    }
}

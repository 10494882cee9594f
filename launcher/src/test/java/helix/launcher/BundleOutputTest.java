package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleOutputTest {

    @TempDir
    Path folder;

    private final PrintStream original = System.out;
    private final ByteArrayOutputStream real = new ByteArrayOutputStream();

    @BeforeEach
    void watchTheRealOne() {
        System.setOut(new PrintStream(real, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(original);
    }

    @Test
    void shouldPassThroughUntilDivertedAlsoForThoseWhoKeptTheStream() throws Exception {
        Path file = folder.resolve("console.out");
        BundleOutput output = BundleOutput.installAsOut(file);
        PrintStream kept = System.out;

        kept.print("before");
        output.divert(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        kept.print("after");

        assertThat(real.toString(StandardCharsets.UTF_8)).isEqualTo("before");
        assertThat(file).hasContent("after");
    }

    @Test
    void shouldStayOpenForOthersWhenOneCloses() throws Exception {
        BundleOutput output = BundleOutput.installAsOut(folder.resolve("console.out"));

        output.close();
        output.write('x');

        assertThat(real.toString(StandardCharsets.UTF_8)).isEqualTo("x");
    }
}

package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the top of a checkout, in a checkout that is built. */
class RunScriptTest {

    @TempDir
    Path folder;

    @Test
    void shouldFindItsCheckoutWhenCalledThroughASymbolicLink() throws Exception {
        Path checkout = Files.createDirectory(folder.resolve("checkout"));
        Path script = Files.copy(Path.of("..", "helix"), checkout.resolve("helix"));
        Path built = Files.createDirectories(checkout.resolve("launcher/target/helix/bin"))
                .resolve("helix");
        Files.createDirectory(checkout.resolve("launcher/target/helix/lib"));
        Files.writeString(built, "#!/bin/sh\necho \"$HELIX_DATA\" > \"$1\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute"), script);
        Path relative = Files.createSymbolicLink(elsewhere.resolve("relative"), Path.of("absolute"));
        Path said = folder.resolve("said");

        ProcessBuilder command = new ProcessBuilder(relative.toString(), said.toString());
        // Should it try to build, it finds nothing to do so with.
        command.environment().put("PATH", "/usr/bin:/bin");
        command.environment().remove("HELIX_DATA");
        Process process = command.redirectErrorStream(true).start();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("of %s", absolute).isZero();
        assertThat(said).hasContent(checkout.toRealPath().resolve(".helix").toString());
    }
}

package helix.launcher;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file in which a kernel says where its shell listens. It appears when the shell is ready and goes when it stops; a
 * kernel that was killed leaves it behind.
 */
final class ShellAddress {

    private final Path file;

    ShellAddress(Layout layout) {
        this.file = layout.shellAddress();
    }

    /** Where the shell listens; empty when it does not yet, or no longer. */
    Optional<UnixDomainSocketAddress> read() throws LauncherException {
        try {
            String path = Files.exists(file) ? Files.readString(file).trim() : "";
            return path.isEmpty() ? Optional.empty() : Optional.of(UnixDomainSocketAddress.of(path));
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty(); // went between the two calls
        } catch (IOException | IllegalArgumentException e) {
            throw new LauncherException(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Removes what a killed kernel left. To be called by the holder of the lock only. */
    void removeStale() throws LauncherException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot remove the stale " + file + ": " + e, e);
        }
    }
}

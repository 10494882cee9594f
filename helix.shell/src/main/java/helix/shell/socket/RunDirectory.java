package helix.shell.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder {@code <helix.data>/run}, open to its owner only: where the socket lives when its path is short enough,
 * and where clients learn its address. Not thread-safe.
 */
final class RunDirectory {

    /** What every system takes; the limit of Linux is 108 with the closing zero. */
    private static final int MAX_SOCKET_PATH = 100;

    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path directory;

    private RunDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes the folder, or closes an existing one to others. */
    static RunDirectory open(Path data) throws IOException {
        Path directory =
                Files.createDirectories(data.toAbsolutePath().normalize().resolve("run"));
        Files.setPosixFilePermissions(directory, OWNER_DIRECTORY);
        return new RunDirectory(directory);
    }

    /** Where to bind: nothing is there, and only the owner can reach it. */
    Path newSocket() throws IOException {
        Path near = directory.resolve("shell.sock");
        if (near.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
            return Files.createTempDirectory("helix-", PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY))
                    .resolve("shell.sock");
        }
        // left by a process that did not end well; two cannot run on one data folder
        Files.deleteIfExists(near);
        return near;
    }

    /** Tells clients where {@code socket} is: they see all of the address or none. */
    void publish(Path socket) throws IOException {
        Files.setPosixFilePermissions(socket, OWNER_FILE);
        Path draft = Files.createTempFile(directory, "shell", ".tmp");
        Files.writeString(draft, socket + "\n");
        Files.move(draft, address(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void withdraw(Path socket) throws IOException {
        Files.deleteIfExists(address());
        Files.deleteIfExists(socket);
        if (!socket.getParent().equals(directory)) {
            Files.deleteIfExists(socket.getParent());
        }
    }

    private Path address() {
        return directory.resolve("shell.address");
    }
}

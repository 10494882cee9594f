package helix.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.UnaryOperator;

/**
 * Where things are.
 *
 * @param home the distribution; not written to
 * @param etc configuration, the user's
 * @param data everything the kernel writes
 */
record Layout(Path home, Path etc, Path data) {

    Layout {
        home = home.toAbsolutePath().normalize();
        etc = etc.toAbsolutePath().normalize();
        data = data.toAbsolutePath().normalize();
    }

    /**
     * The layout that system properties describe; {@code helix.etc} and {@code helix.data} default to folders of {@code
     * helix.home}.
     *
     * @param properties looks one up, {@code null} when absent
     * @throws LauncherException CONFIG without a usable home, or when one of them is no path
     */
    static Layout of(UnaryOperator<String> properties) throws LauncherException {
        String home = properties.apply("helix.home");
        if (home == null) {
            throw new LauncherException(ExitCode.CONFIG, "system property helix.home is not set; use bin/helix");
        }
        Path root = path(home);
        return new Layout(
                root,
                orDefault(properties.apply("helix.etc"), root.resolve("etc")),
                orDefault(properties.apply("helix.data"), root.resolve("data")));
    }

    private static Path orDefault(String given, Path fallback) throws LauncherException {
        return given == null || given.isEmpty() ? fallback : path(given);
    }

    /** The locale decides which characters a path may have: in the locale C an umlaut is too much. */
    private static Path path(String given) throws LauncherException {
        try {
            return Path.of(given);
        } catch (InvalidPathException e) {
            throw new LauncherException(
                    ExitCode.CONFIG,
                    "'" + given + "' is no path in this locale: " + e.getReason()
                            + "; see LC_ALL, HELIX_DATA, HELIX_ETC",
                    e);
        }
    }

    Path bundles() {
        return home.resolve("bundles");
    }

    Path script() {
        return home.resolve("bin").resolve("helix");
    }

    /** The framework's own; may be deleted while nothing runs. */
    Path cache() {
        return data.resolve("cache");
    }

    /** Says which distribution {@link #cache} was made from. */
    Path cacheOrigin() {
        return data.resolve("cache.origin");
    }

    Path lock() {
        return data.resolve("lock");
    }

    Path pid() {
        return data.resolve("lock.pid");
    }

    Path format() {
        return data.resolve("format");
    }

    Path shellAddress() {
        return data.resolve("run").resolve("shell.address");
    }

    Path consoleLog() {
        return data.resolve("log").resolve("console.out");
    }

    /** @throws LauncherException CONFIG when the data directory cannot be made */
    void createDataFolders() throws LauncherException {
        try {
            Path run = Files.createDirectories(shellAddress().getParent());
            // The shell's socket lies here: whoever reaches it may do everything.
            Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(consoleLog().getParent());
        } catch (IOException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot write to the data directory " + data + ": " + e, e);
        }
    }
}

package helix.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number that says how a data directory is laid out, so that an older Helix does not spoil a newer one's data. */
final class DataFormat {

    static final int CURRENT = 1;

    private DataFormat() {}

    /**
     * Checks the number, and writes it into a directory that has none.
     *
     * @throws LauncherException CONFIG when it is newer than this Helix knows, or no number
     */
    static void check(Layout layout) throws LauncherException {
        Path file = layout.format();
        try {
            if (Files.notExists(file)) {
                Files.writeString(file, CURRENT + "\n");
                return;
            }
            int found = parse(file, Files.readString(file).trim());
            if (found > CURRENT) {
                throw bad("the data directory " + layout.data() + " has format " + found
                        + ", this Helix knows formats up to " + CURRENT + ": use a newer Helix, or another HELIX_DATA");
            }
        } catch (IOException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot read " + file + ": " + e, e);
        }
    }

    private static int parse(Path file, String text) throws LauncherException {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new LauncherException(ExitCode.CONFIG, file + " says '" + text + "', expected a format number", e);
        }
        throw bad(file + " says '" + text + "', expected a format number from 1");
    }

    private static LauncherException bad(String message) {
        return new LauncherException(ExitCode.CONFIG, message);
    }
}

package helix.shell.command;

/**
 * Marks a command of this bundle. The consoles wait until all of them are registered, so that nobody meets half a
 * shell.
 */
public interface HelixCommand {

    /** How many components of this bundle implement this. */
    int COUNT = 8;
}

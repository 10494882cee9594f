package helix.launcher;

/** Why the launcher gives up: a message for the operator and the exit code that goes with it. */
final class LauncherException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    LauncherException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    LauncherException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}

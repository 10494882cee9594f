package helix.launcher;

import java.util.Arrays;
import java.util.Optional;

/**
 * How the process ends, for scripts and supervisors. A process ended by SIGTERM stops in order and ends with 143, which
 * the virtual machine gives by itself.
 */
enum ExitCode {
    OK(0),
    /** Something failed; the message says what. */
    FAILED(1),
    /** The command line was not understood. */
    USAGE(2),
    /** Another kernel has the data directory. */
    LOCKED(5),
    /** The kernel wants to be started again: a supervisor should do so. */
    RESTART(10),
    /** The kernel panicked. */
    PANIC(70),
    /** The configuration or the data directory cannot be used. */
    CONFIG(78);

    /** System property in which the kernel leaves why it stopped the framework. */
    static final String REASON_PROPERTY = "helix.exit";

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** What the reason a kernel gave means for the process; empty for a word that is not known. */
    static Optional<ExitCode> ofReason(String reason) {
        return switch (reason) {
            case "poweroff", "halt" -> Optional.of(OK);
            case "reboot" -> Optional.of(RESTART);
            case "panic" -> Optional.of(PANIC);
            default -> Optional.empty();
        };
    }

    /** The meaning of the exit status of another launcher; FAILED for a number without one. */
    static ExitCode ofStatus(int status) {
        return Arrays.stream(values())
                .filter(known -> known.code == status)
                .findFirst()
                .orElse(FAILED);
    }
}

package helix.shell.command;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;

/** A command was refused. Every console prints it as {@code CODE: message}. */
public class CommandException extends KernelException {

    private static final long serialVersionUID = 1L;

    public CommandException(ErrorCode code, String message) {
        super(code, message);
    }

    public CommandException(ErrorCode code, String message, Throwable cause) {
        super(code, message, cause);
    }

    static CommandException usage(String message) {
        return new CommandException(ErrorCode.INVALID_ARGUMENT, message);
    }

    /** What an operator sees; consoles that print exceptions use this. */
    @Override
    public String toString() {
        return code() + ": " + getMessage();
    }
}

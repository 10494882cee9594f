package helix.api.kernel;

/**
 * A kernel operation was refused. The message names the value that was wrong and what would have been right; it is
 * written for operators and shown to them as it is.
 */
public class KernelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    public KernelException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public KernelException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}

package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import java.util.List;

/** A step of a swap failed. Caught by the transaction; never leaves this package. */
final class PhaseFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final SwapPhase phase;
    private final ErrorCode code;
    private final transient List<String> stack;
    private final boolean hung;

    PhaseFailure(SwapPhase phase, ErrorCode code, String message, Throwable cause) {
        this(phase, code, message, cause, List.of(), false);
    }

    PhaseFailure(SwapPhase phase, ErrorCode code, String message, Throwable cause, List<String> stack, boolean hung) {
        super(message, cause);
        this.phase = phase;
        this.code = code;
        this.stack = stack;
        this.hung = hung;
    }

    /** The same failure under another code, which says what it means for the slot. */
    PhaseFailure as(ErrorCode other) {
        return new PhaseFailure(phase, other, getMessage(), this, stack, hung);
    }

    /** Whether module code was left behind running. */
    boolean isHung() {
        return hung;
    }

    SwapReport.Failure report() {
        return new SwapReport.Failure(phase, code, getMessage(), stack);
    }
}

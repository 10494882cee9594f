package helix.api.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;

/** A call through a facade found nothing to serve it: SLOT_EMPTY, or BUSY for a call that does not wait. */
public class SlotUnavailableException extends KernelException {

    private static final long serialVersionUID = 1L;

    public SlotUnavailableException(ErrorCode code, String message) {
        super(code, message);
    }
}

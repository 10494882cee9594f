package helix.shell.socket;

import java.io.IOException;

/** A peer broke the protocol; its connection cannot go on. */
final class FrameException extends IOException {

    private static final long serialVersionUID = 1L;

    FrameException(String message) {
        super(message);
    }
}

package helix.shell.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The answer to a client that is not served: a line that says why, and exit code 1. */
final class Refusal {

    private static final byte[] FAILURE = {'1'};

    private Refusal() {}

    static void send(FrameChannel channel, String why) throws IOException {
        byte[] line = (why + "\n").getBytes(StandardCharsets.UTF_8);
        channel.write(FrameChannel.ERROR, line, 0, line.length);
        channel.write(FrameChannel.EXIT, FAILURE, 0, FAILURE.length);
    }
}

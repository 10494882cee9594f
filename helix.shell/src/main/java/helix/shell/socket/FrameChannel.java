package helix.shell.socket;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * The frames of the local socket. A request is a length and the text of a command; an answer is a type, a length and
 * bytes. Lengths are unsigned 32-bit, big-endian, at most {@link #MAX_LENGTH}.
 *
 * <pre>
 *   request   | length (4) | UTF-8 ...             |
 *   answer    | type (1)   | length (4) | bytes ...|     type: 'O' output, 'E' error, 'X' exit code in decimal
 * </pre>
 *
 * <p>One thread reads; any thread writes, whole frames one after the other. Channel streams of the JDK are not used:
 * up to Java 18 a blocked read there keeps writers out.
 */
final class FrameChannel implements Closeable {

    /** Most bytes in one frame. */
    static final int MAX_LENGTH = 1 << 20;

    static final char OUTPUT = 'O';
    static final char ERROR = 'E';
    static final char EXIT = 'X';

    private static final int LENGTH_BYTES = 4;

    private final SocketChannel channel;
    private final Object writing = new Object();

    FrameChannel(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the next request.
     *
     * @return its bytes, or empty when the peer left between two requests
     * @throws FrameException when the length is beyond bounds or the peer left within a request
     */
    Optional<byte[]> read() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(LENGTH_BYTES);
        if (!fill(head)) {
            if (head.position() == 0) {
                return Optional.empty();
            }
            throw new FrameException("the peer left within a frame");
        }
        int length = head.flip().getInt();
        if (length < 0 || length > MAX_LENGTH) {
            throw new FrameException("a frame of " + Integer.toUnsignedString(length) + " bytes is refused, at most "
                    + MAX_LENGTH + " are taken");
        }
        return Optional.of(body(length));
    }

    private byte[] body(int length) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(length);
        if (!fill(body)) {
            throw new FrameException("the peer left within a frame");
        }
        return body.array();
    }

    private boolean fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Sends one answer frame of at most {@link #MAX_LENGTH} bytes. */
    void write(char type, byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(1 + LENGTH_BYTES + length);
        frame.put((byte) type).putInt(length).put(bytes, offset, length).flip();
        synchronized (writing) {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

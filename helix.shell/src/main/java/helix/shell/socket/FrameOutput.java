package helix.shell.socket;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A stream whose bytes leave in answer frames, cut between characters of UTF-8 so that a client may decode each frame
 * by itself. Thread-safe; a write that ends with a line end is sent at once.
 */
final class FrameOutput extends OutputStream {

    private static final int CAPACITY = 32 * 1024;
    private static final int LONGEST_CHARACTER = 4;

    private final FrameChannel channel;
    private final char type;
    private final byte[] buffer = new byte[CAPACITY];
    private int length;

    FrameOutput(FrameChannel channel, char type) {
        this.channel = channel;
        this.type = type;
    }

    @Override
    public synchronized void write(int b) throws IOException {
        put((byte) b);
        sendLine((byte) b);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            put(bytes[offset + i]);
        }
        if (count > 0) {
            sendLine(bytes[offset + count - 1]);
        }
    }

    private void put(byte b) throws IOException {
        buffer[length++] = b;
        if (length == CAPACITY) {
            send(whole());
        }
    }

    /** Gogo's pipes do not pass on a flush, so the end of a line stands for one. */
    private void sendLine(byte last) throws IOException {
        if (last == '\n') {
            send(length);
        }
    }

    /** Sends what makes whole characters. */
    @Override
    public synchronized void flush() throws IOException {
        send(whole());
    }

    /** Sends all; the stream stays usable. */
    synchronized void finish() throws IOException {
        send(length);
    }

    /** How many buffered bytes end with a character; bytes that are no UTF-8 are not held back. */
    private int whole() {
        for (int back = 1; back <= Math.min(LONGEST_CHARACTER - 1, length); back++) {
            int b = buffer[length - back] & 0xFF;
            if (b >= 0xC0) {
                int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? length - back : length;
            } else if (b < 0x80) {
                return length;
            }
        }
        return length;
    }

    private void send(int count) throws IOException {
        if (count == 0) {
            return;
        }
        channel.write(type, buffer, 0, count);
        System.arraycopy(buffer, count, buffer, 0, length - count);
        length -= count;
    }
}

package helix.shell.socket;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The other end of the local socket, as the launcher has it. */
final class Client implements AutoCloseable {

    /** One answer. */
    record Answer(String output, String errors, int exit) {}

    private final SocketChannel channel;

    Client(Path data) throws IOException {
        String address = Files.readString(data.resolve("run/shell.address")).strip();
        channel = SocketChannel.open(UnixDomainSocketAddress.of(address));
    }

    Answer ask(String text) throws IOException {
        send(text);
        return answer();
    }

    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sendRaw(ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array());
    }

    void sendRaw(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    Answer answer() throws IOException {
        StringBuilder output = new StringBuilder();
        StringBuilder errors = new StringBuilder();
        while (true) {
            String frame = frame();
            String payload = frame.substring(1);
            switch (frame.charAt(0)) {
                case 'O' -> output.append(payload);
                case 'E' -> errors.append(payload);
                case 'X' -> {
                    return new Answer(output.toString(), errors.toString(), Integer.parseInt(payload));
                }
                default -> throw new IOException("unknown frame " + frame);
            }
        }
    }

    /** The next frame: its type and its payload, decoded by itself, so none may end within a character. */
    String frame() throws IOException {
        char type = (char) read(1).get();
        return type + StandardCharsets.UTF_8.decode(read(read(4).getInt())).toString();
    }

    /** Waits until the server hangs up. */
    void awaitEnd() throws IOException {
        ByteBuffer ignored = ByteBuffer.allocate(1024);
        while (channel.read(ignored) >= 0) {
            ignored.clear();
        }
    }

    private ByteBuffer read(int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException();
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package helix.launcher;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.SocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One conversation with the shell of a running kernel, over its Unix domain socket.
 *
 * <p>A command goes out as one frame: length (4 bytes, big endian) and UTF-8 text. The answer is any number of frames:
 * type (1 byte), length, UTF-8 text. {@code 'O'} is output, {@code 'E'} error output, {@code 'X'} the exit status in
 * decimal, which ends the answer. No text is longer than {@link #MAX_FRAME} bytes.
 *
 * <p>Not thread-safe. Every failure is a {@link LauncherException} with code FAILED, after which the conversation is
 * over.
 */
final class ShellClient implements AutoCloseable {

    /** Longest text of a frame, bytes. */
    static final int MAX_FRAME = 1 << 20;

    private final SocketChannel channel;
    private final DataInputStream answers;
    private final DataOutputStream requests;

    private ShellClient(SocketChannel channel) {
        this.channel = channel;
        this.answers = new DataInputStream(new java.io.BufferedInputStream(Channels.newInputStream(channel)));
        this.requests = new DataOutputStream(new java.io.BufferedOutputStream(Channels.newOutputStream(channel)));
    }

    static ShellClient connect(SocketAddress address) throws LauncherException {
        try {
            return new ShellClient(SocketChannel.open(address));
        } catch (IOException e) {
            throw failed("cannot reach the shell at " + address + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs commands and copies their output as it comes.
     *
     * @return their exit status
     */
    int execute(String commands, PrintStream out, PrintStream err) throws LauncherException {
        byte[] request = commands.getBytes(StandardCharsets.UTF_8);
        if (request.length > MAX_FRAME) {
            throw new LauncherException(
                    ExitCode.FAILED, "commands of " + request.length + " bytes, at most " + MAX_FRAME + " are taken");
        }
        try {
            requests.writeInt(request.length);
            requests.write(request);
            requests.flush();
            return copyAnswer(out, err);
        } catch (EOFException e) {
            throw failed("the kernel closed the connection before the command ended", e);
        } catch (IOException e) {
            throw failed("lost the connection to the kernel: " + e.getMessage(), e);
        }
    }

    private int copyAnswer(PrintStream out, PrintStream err) throws IOException, LauncherException {
        while (true) {
            int type = answers.readUnsignedByte();
            String text = readText();
            switch (type) {
                case 'O' -> print(out, text);
                case 'E' -> print(err, text);
                case 'X' -> {
                    return status(text);
                }
                default ->
                    throw new LauncherException(
                            ExitCode.FAILED, "the shell sent a frame of unknown type " + type + ", have [O, E, X]");
            }
        }
    }

    private String readText() throws IOException, LauncherException {
        int length = answers.readInt();
        if (length < 0 || length > MAX_FRAME) {
            throw new LauncherException(
                    ExitCode.FAILED,
                    "the shell announced a frame of " + Integer.toUnsignedString(length) + " bytes, at most "
                            + MAX_FRAME + " are taken");
        }
        byte[] text = new byte[length];
        answers.readFully(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static int status(String text) throws LauncherException {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException e) {
            throw failed("the shell sent '" + text + "' as exit status, expected a number", e);
        }
    }

    private static void print(PrintStream stream, String text) {
        stream.print(text);
        stream.flush();
    }

    private static LauncherException failed(String message, IOException cause) {
        return new LauncherException(ExitCode.FAILED, message, cause);
    }

    private static LauncherException failed(String message, RuntimeException cause) {
        return new LauncherException(ExitCode.FAILED, message, cause);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

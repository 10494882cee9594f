package helix.launcher;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A shell that answers each command with prepared bytes, whatever they are, and then hangs up. */
final class FakeShell implements AutoCloseable {

    private final ServerSocketChannel server;
    private final UnixDomainSocketAddress address;
    private final CompletableFuture<String> received = new CompletableFuture<>();

    private FakeShell(Path socket) throws IOException {
        address = UnixDomainSocketAddress.of(socket);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(address);
    }

    /** One answer per command, in order; the connection ends after the last. */
    static FakeShell answering(Path folder, List<byte[]> answers) throws IOException {
        FakeShell shell = new FakeShell(folder.resolve("shell.sock"));
        Thread thread = new Thread(() -> shell.serve(answers), "fake-shell");
        thread.setDaemon(true);
        thread.start();
        return shell;
    }

    private void serve(List<byte[]> answers) {
        try (SocketChannel client = server.accept()) {
            DataInputStream requests = new DataInputStream(Channels.newInputStream(client));
            for (byte[] answer : answers) {
                received.complete(new String(requests.readNBytes(requests.readInt()), StandardCharsets.UTF_8));
                client.write(ByteBuffer.wrap(answer));
            }
        } catch (IOException e) {
            received.completeExceptionally(e);
        }
    }

    UnixDomainSocketAddress address() {
        return address;
    }

    /** The first command that came. */
    CompletableFuture<String> received() {
        return received;
    }

    static byte[] frame(char type, String text) {
        return frame(type, text.getBytes(StandardCharsets.UTF_8).length, text);
    }

    /** A frame whose announced length need not be true. */
    static byte[] frame(char type, int length, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(type);
            out.writeInt(length);
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

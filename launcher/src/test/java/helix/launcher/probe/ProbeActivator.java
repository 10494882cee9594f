package helix.launcher.probe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Dictionary;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;

/** Stands in for the shell in a distribution without one: answers a few questions over the shell's protocol. */
public final class ProbeActivator implements BundleActivator {

    private Path addressFile;
    private Path socket;
    private ServerSocketChannel server;

    @Override
    public void start(BundleContext context) throws Exception {
        Path run = Path.of(context.getProperty("helix.data"), "run");
        addressFile = run.resolve("shell.address");
        socket = Files.createTempDirectory("helix-probe").resolve("s");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        ProbeCommands commands = new ProbeCommands(context, settingAtStart(context));
        Thread thread = new Thread(() -> serve(commands), "probe");
        thread.start();
        // Like the real shell it is ready some time after the framework has started everything, not at once.
        context.addFrameworkListener(event -> {
            if (event.getType() == FrameworkEvent.STARTED) {
                announce();
            }
        });
    }

    private void announce() {
        try {
            Path partial = Files.writeString(addressFile.resolveSibling("shell.address.new"), socket.toString());
            Files.move(partial, addressFile, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the configuration service knew of PID "probe" while this bundle started; "none" when nothing. */
    private static String settingAtStart(BundleContext context) throws IOException {
        ServiceReference<ConfigurationAdmin> reference = context.getServiceReference(ConfigurationAdmin.class);
        Dictionary<String, Object> settings =
                context.getService(reference).getConfiguration("probe", "?").getProperties();
        return settings == null ? "none" : String.valueOf(settings.get("colour"));
    }

    private void serve(ProbeCommands commands) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                commands.answer(client);
            } catch (IOException e) {
                // The client went, or the server was closed; the next round sees which.
                continue;
            }
        }
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        Files.deleteIfExists(addressFile);
        server.close();
        Files.deleteIfExists(socket);
        Files.deleteIfExists(socket.getParent());
    }
}

package helix.launcher.probe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.slf4j.LoggerFactory;

/** The questions a test can ask from inside. */
final class ProbeCommands {

    private final BundleContext context;
    private final String settingAtStart;

    ProbeCommands(BundleContext context, String settingAtStart) {
        this.context = context;
        this.settingAtStart = settingAtStart;
    }

    void answer(SocketChannel client) throws IOException {
        DataInputStream in = new DataInputStream(Channels.newInputStream(client));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client));
        while (true) {
            String[] words = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8).split(" ", 2);
            String argument = words.length > 1 ? words[1] : "";
            boolean failed = words[0].equals("fail");
            frame(out, failed ? 'E' : 'O', failed ? argument : result(words[0], argument));
            frame(out, 'X', failed ? "3" : "0");
        }
    }

    private String result(String verb, String argument) {
        return switch (verb) {
            case "echo" -> argument;
            case "setting" -> settingAtStart;
            case "property" -> String.valueOf(context.getProperty(argument));
            case "state" -> state(argument);
            case "levels" -> levels();
            case "candidates" -> candidates();
            case "debug" -> {
                LoggerFactory.getLogger("probe.chatter").debug(argument);
                yield "logged";
            }
            case "warn" -> {
                LoggerFactory.getLogger("probe.chatter").warn(argument);
                yield "logged";
            }
            case "print" -> {
                System.out.println(argument);
                yield "printed";
            }
            case "shutdown" -> shutdown(argument);
            default -> "unknown verb " + verb;
        };
    }

    private String state(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .map(bundle -> (bundle.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0 ? "active" : "not active")
                .findFirst()
                .orElse("absent");
    }

    private String levels() {
        StringBuilder text = new StringBuilder();
        for (Bundle bundle : context.getBundles()) {
            int level = bundle.adapt(org.osgi.framework.startlevel.BundleStartLevel.class)
                    .getStartLevel();
            text.append(bundle.getSymbolicName()).append('=').append(level).append('\n');
        }
        return text.toString();
    }

    /** Registers a candidate and says whether this bundle, which is not the nucleus, can find it. */
    private String candidates() {
        Runnable service = () -> {};
        var candidate = context.registerService(
                Runnable.class, service, new java.util.Hashtable<>(java.util.Map.of("helix.slot", "probe")));
        try {
            return context.getServiceReference(Runnable.class) == null ? "hidden" : "visible";
        } finally {
            candidate.unregister();
        }
    }

    private String shutdown(String reason) {
        System.setProperty("helix.exit", reason);
        new Thread(this::stopFramework, "probe-shutdown").start();
        return "going down";
    }

    private void stopFramework() {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void frame(DataOutputStream out, char type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(type);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }
}

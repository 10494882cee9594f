package helix.shell.boot;

import helix.shell.command.HelixCommand;
import helix.shell.console.LocalConsole;
import helix.shell.console.StandardCommands;
import helix.shell.socket.ShellServer;
import helix.shell.system.BootClock;
import helix.shell.system.PowerSwitch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.felix.service.command.CommandProcessor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.condition.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the local socket and the local console once the slots are settled and all commands are there, as far as the
 * framework properties {@code helix.data} and {@code helix.console} ask for them. One that cannot be opened is logged
 * and does not hold up the other.
 */
@Component(
        service = {},
        immediate = true,
        property = "commands.cardinality.minimum:Integer=" + HelixCommand.COUNT)
public final class Frontends {

    private static final Logger LOG = LoggerFactory.getLogger(Frontends.class);

    /** For the answer to the command that stops everything. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Activate
    public Frontends(
            BundleContext context,
            @Reference CommandProcessor processor,
            @Reference BootClock clock,
            @Reference PowerSwitch power,
            @Reference(target = "(osgi.condition.id=helix.settled)") Condition settled,
            @Reference StandardCommands standard,
            @Reference(name = "commands", service = HelixCommand.class, cardinality = ReferenceCardinality.MULTIPLE)
                    List<ServiceReference<HelixCommand>> commands) {
        openSocket(context.getProperty("helix.data"), processor);
        openConsole(context, processor, power);
        clock.ready();
    }

    private void openSocket(String data, CommandProcessor processor) {
        if (data == null) {
            LOG.debug("No local socket: the framework property helix.data is not set");
            return;
        }
        try {
            open.push(ShellServer.open(processor, Path.of(data), GRACE));
        } catch (IOException e) {
            LOG.error("The local socket could not be opened under {}", data, e);
        }
    }

    private void openConsole(BundleContext context, CommandProcessor processor, PowerSwitch power) {
        if (!"interactive".equals(context.getProperty("helix.console"))) {
            return;
        }
        try {
            open.push(LocalConsole.open(context, processor, () -> power.off(PowerSwitch.Exit.POWEROFF)));
        } catch (IOException e) {
            LOG.error("The local console could not be opened", e);
        }
    }

    @Deactivate
    void close() {
        for (AutoCloseable front : open) {
            try {
                front.close();
            } catch (Exception e) {
                LOG.warn("{} did not close well", front, e);
            }
        }
    }
}

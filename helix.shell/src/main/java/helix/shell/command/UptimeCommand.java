package helix.shell.command;

import helix.shell.format.Uptime;
import helix.shell.system.BootClock;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:uptime}: for how long this runs, how long it took to boot, and what it is. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(scope = "helix", function = "uptime")
public final class UptimeCommand implements HelixCommand {

    private final BootClock clock;
    private final String version;

    @Activate
    public UptimeCommand(@Reference BootClock clock, BundleContext context) {
        this(clock, context.getProperty("helix.version"));
    }

    UptimeCommand(BootClock clock, String version) {
        this.clock = clock;
        this.version = version == null ? "unknown" : version;
    }

    @Descriptor("for how long Helix runs, and what it is: uptime [--json]")
    public Object uptime(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            String... words) {
        return Answer.of(json, () -> {
            new Words("uptime [--json]", words).end();
            return new Uptime(
                    clock.up(), clock.boot(), version, Runtime.version().toString());
        });
    }
}

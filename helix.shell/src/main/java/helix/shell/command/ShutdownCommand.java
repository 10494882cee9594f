package helix.shell.command;

import helix.shell.system.PowerSwitch;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:shutdown}: stops everything. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(scope = "helix", function = "shutdown")
public final class ShutdownCommand implements HelixCommand {

    private static final String USAGE = "shutdown [poweroff|reboot|halt] [--json]";

    private final PowerSwitch power;

    @Activate
    public ShutdownCommand(@Reference PowerSwitch power) {
        this.power = power;
    }

    @Descriptor("stop everything: " + USAGE)
    public Object shutdown(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("what comes after") String... words) {
        return Answer.of(json, () -> {
            Words rest = new Words(USAGE, words);
            PowerSwitch.Exit exit = rest.optional().map(ShutdownCommand::parse).orElse(PowerSwitch.Exit.POWEROFF);
            rest.end();
            power.off(exit);
            return "stopping: " + exit.word();
        });
    }

    private static PowerSwitch.Exit parse(String word) {
        List<String> known = Arrays.stream(PowerSwitch.Exit.values())
                .map(PowerSwitch.Exit::word)
                .toList();
        if (!known.contains(word)) {
            throw CommandException.usage("unknown word '" + word + "', have " + known);
        }
        return PowerSwitch.Exit.valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package helix.shell.command;

import helix.api.slot.HotSwap;
import helix.api.slot.Slots;
import helix.api.slot.SwapRequest;
import helix.shell.ShellSession;
import java.time.Duration;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:swap}: replaces the module in a slot and carries its state. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(scope = "helix", function = "swap")
public final class SwapCommand implements HelixCommand {

    private static final String USAGE = "swap <slot> <module>[@version] | <slot> default [--fresh] [--force] [--json]";

    /** How long a console waits for a swap; longer than the phases of a swap may take together. */
    static final Duration DEADLINE = Duration.ofSeconds(60);

    private final Slots slots;
    private final SwapRunner runner;

    @Activate
    public SwapCommand(@Reference Slots slots, @Reference HotSwap hotSwap) {
        this(slots, hotSwap, DEADLINE);
    }

    SwapCommand(Slots slots, HotSwap hotSwap, Duration deadline) {
        this.slots = slots;
        this.runner = new SwapRunner(hotSwap, deadline);
    }

    @Descriptor("replace the module in a slot, carrying its state: " + USAGE)
    public Object swap(
            CommandSession session,
            @Descriptor("do not carry state")
                    @Parameter(names = "--fresh", presentValue = "true", absentValue = "false")
                    boolean fresh,
            @Descriptor("allow another major version, or an older one")
                    @Parameter(
                            names = {"--force", "-f"},
                            presentValue = "true",
                            absentValue = "false")
                    boolean force,
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("slot, by name or number, and module") String... words) {
        return Answer.of(json, () -> {
            Words rest = new Words(USAGE, words);
            String slot = rest.next("slot");
            ModuleWord module = ModuleWord.parse(rest.next("module"));
            rest.end();
            SwapRequest request =
                    SwapRequest.swap(SlotWord.resolve(slots, slot), module.name(), ShellSession.requester(session));
            return runner.run(module.in(request).withFresh(fresh).withForce(force), json);
        });
    }
}

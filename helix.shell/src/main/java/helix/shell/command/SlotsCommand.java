package helix.shell.command;

import helix.api.slot.Slots;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:slots} and {@code helix:modules}: what there is. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(
        scope = "helix",
        function = {"slots", "modules"})
public final class SlotsCommand implements HelixCommand {

    private final Slots slots;

    @Activate
    public SlotsCommand(@Reference Slots slots) {
        this.slots = slots;
    }

    @Descriptor("the slots and what serves in them: slots [--json]")
    public Object slots(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            String... words) {
        return Answer.of(json, () -> {
            new Words("slots [--json]", words).end();
            return slots.list();
        });
    }

    @Descriptor("the modules that slots could take: modules [--json]")
    public Object modules(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            String... words) {
        return Answer.of(json, () -> {
            new Words("modules [--json]", words).end();
            return slots.candidates();
        });
    }
}

package helix.shell.command;

import helix.api.slot.HotSwap;
import helix.api.slot.SlotName;
import helix.api.slot.Slots;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.shell.ShellSession;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:load}, {@code helix:unload}, {@code helix:replace}: the operations without state. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(
        scope = "helix",
        function = {"load", "unload", "replace"})
public final class LoadCommand implements HelixCommand {

    private static final String LOAD = "load <slot> <module>[@version] [--json]";
    private static final String UNLOAD = "unload <slot> [--json]";
    private static final String REPLACE = "replace <slot> <module>[@version] [--json]";

    private final Slots slots;
    private final SwapRunner runner;

    @Activate
    public LoadCommand(@Reference Slots slots, @Reference HotSwap hotSwap) {
        this.slots = slots;
        this.runner = new SwapRunner(hotSwap, SwapCommand.DEADLINE);
    }

    @Descriptor("put a module into an empty slot: " + LOAD)
    public Object load(
            CommandSession session,
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("slot, by name or number, and module") String... words) {
        return Answer.of(json, () -> put(SwapRequest::load, session, json, new Words(LOAD, words)));
    }

    @Descriptor("take the module out of a slot: " + UNLOAD)
    public Object unload(
            CommandSession session,
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("slot, by name or number") String... words) {
        return Answer.of(json, () -> {
            Words rest = new Words(UNLOAD, words);
            String slot = rest.next("slot");
            rest.end();
            SlotName name = SlotWord.resolve(slots, slot);
            return runner.run(SwapRequest.unload(name, ShellSession.requester(session)), json);
        });
    }

    @Descriptor("replace whatever is in a slot, without state: " + REPLACE)
    public Object replace(
            CommandSession session,
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("slot, by name or number, and module") String... words) {
        return Answer.of(json, () -> put(SwapRequest::replace, session, json, new Words(REPLACE, words)));
    }

    private SwapReport put(Kind kind, CommandSession session, boolean json, Words words) {
        String slot = words.next("slot");
        ModuleWord module = ModuleWord.parse(words.next("module"));
        words.end();
        SwapRequest request =
                kind.request(SlotWord.resolve(slots, slot), module.name(), ShellSession.requester(session));
        return runner.run(module.in(request), json);
    }

    private interface Kind {
        SwapRequest request(SlotName slot, String module, String requester);
    }
}

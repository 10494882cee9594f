package helix.shell.command;

import helix.api.kernel.ErrorCode;
import helix.api.slot.HotSwap;
import helix.api.slot.SwapReport;
import helix.shell.format.SwapHistory;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:history}: the swaps the kernel remembers, or one of them in full. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(scope = "helix", function = "history")
public final class HistoryCommand implements HelixCommand {

    private static final String USAGE = "history [number] [--json]";

    private final HotSwap hotSwap;

    @Activate
    public HistoryCommand(@Reference HotSwap hotSwap) {
        this.hotSwap = hotSwap;
    }

    @Descriptor("the last swaps, or the report of one: " + USAGE)
    public Object history(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("number of a swap") String... words) {
        return Answer.of(json, () -> {
            Words rest = new Words(USAGE, words);
            String number = rest.optional().orElse("");
            rest.end();
            List<SwapReport> swaps = hotSwap.history();
            return number.isEmpty() ? new SwapHistory(swaps, hotSwap.forgotten()) : find(swaps, number);
        });
    }

    private static SwapReport find(List<SwapReport> swaps, String number) {
        return swaps.stream()
                .filter(swap -> Long.toString(swap.number()).equals(number))
                .findFirst()
                .orElseThrow(() -> new CommandException(
                        ErrorCode.NOT_FOUND,
                        "no swap '" + number + "', have "
                                + (swaps.isEmpty()
                                        ? "none"
                                        : swaps.get(0).number() + " to "
                                                + swaps.get(swaps.size() - 1).number())));
    }
}

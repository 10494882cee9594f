package helix.shell.command;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotName;
import helix.api.slot.SlotView;
import helix.api.slot.Slots;
import java.util.List;

/** Finds the slot that an operator means by a name or a number. Names go first. */
final class SlotWord {

    private SlotWord() {}

    static SlotName resolve(Slots slots, String word) {
        List<SlotView> all = slots.list();
        return all.stream()
                .map(SlotView::name)
                .filter(name -> name.value().equals(word))
                .findFirst()
                .or(() -> all.stream()
                        .filter(slot -> slot.id().toString().equals(word))
                        .map(SlotView::name)
                        .findFirst())
                .orElseThrow(() -> new CommandException(
                        ErrorCode.NOT_FOUND,
                        "no slot '" + word + "', have "
                                + all.stream().map(SlotView::name).toList()));
    }
}

package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleCategory;
import helix.api.slot.SlotId;
import helix.api.slot.SlotName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All slots, by name and number. Thread-safe. */
final class SlotTable {

    private final Map<SlotName, Slot> slots = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final SlotContext context;

    SlotTable(SlotContext context) {
        this.context = context;
    }

    List<Slot> list() {
        return slots.values().stream().sorted(Comparator.comparing(Slot::id)).toList();
    }

    /** The slot that {@code name} names, or whose number it is. */
    Optional<Slot> find(SlotName name) {
        Slot named = slots.get(name);
        if (named != null) {
            return Optional.of(named);
        }
        return slots.values().stream()
                .filter(slot -> slot.id().toString().equals(name.value()))
                .findFirst();
    }

    /** @throws KernelException NOT_FOUND, naming the slots there are */
    Slot require(SlotName name) {
        return find(name)
                .orElseThrow(() -> new KernelException(
                        ErrorCode.NOT_FOUND,
                        "no slot '" + name + "', have "
                                + slots.keySet().stream().sorted().toList()));
    }

    Slot getOrCreate(SlotName name, ModuleCategory category) {
        return slots.computeIfAbsent(name, created -> newSlot(created, category));
    }

    /** @throws KernelException ALREADY_EXISTS */
    Slot create(SlotName name, ModuleCategory category) {
        Slot created = newSlot(name, category);
        if (slots.putIfAbsent(name, created) != null) {
            throw new KernelException(ErrorCode.ALREADY_EXISTS, "there is a slot '" + name + "' already");
        }
        return created;
    }

    private Slot newSlot(SlotName name, ModuleCategory category) {
        return new Slot(new SlotId(lastId.incrementAndGet()), name, category, context);
    }
}

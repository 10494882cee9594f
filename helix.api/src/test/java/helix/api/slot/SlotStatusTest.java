package helix.api.slot;

import static helix.api.slot.SlotStatus.ACTIVE;
import static helix.api.slot.SlotStatus.EMPTY;
import static helix.api.slot.SlotStatus.FAILED;
import static helix.api.slot.SlotStatus.LOADING;
import static helix.api.slot.SlotStatus.SWAPPING;
import static helix.api.slot.SlotStatus.UNLOADING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlotStatusTest {

    private static final Map<SlotStatus, Set<SlotStatus>> LEGAL = Map.of(
            EMPTY, Set.of(LOADING),
            LOADING, Set.of(ACTIVE, FAILED),
            ACTIVE, Set.of(SWAPPING, UNLOADING),
            SWAPPING, Set.of(ACTIVE, FAILED),
            UNLOADING, Set.of(EMPTY, ACTIVE),
            FAILED, Set.of(LOADING, EMPTY));

    @Test
    void shouldAllowTheLegalTransitionsAndNoOthers() {
        for (SlotStatus from : SlotStatus.values()) {
            for (SlotStatus to : SlotStatus.values()) {
                assertThat(from.canBecome(to))
                        .as("%s to %s", from, to)
                        .isEqualTo(LEGAL.get(from).contains(to));
            }
        }
    }
}

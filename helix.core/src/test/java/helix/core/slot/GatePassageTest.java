package helix.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.core.gate.EverybodyWaits;
import helix.core.gate.Gate;
import org.junit.jupiter.api.Test;

class GatePassageTest {

    private final Gate gate = new Gate(0, new EverybodyWaits());

    @Test
    void shouldEnterNothingWhenTheOccupantIsOfAnotherType() {
        gate.open("no runnable");
        GatePassage<Runnable> passage = new GatePassage<>(gate, Runnable.class);

        assertMismatch(passage::enter);
        assertMismatch(passage::tryEnter);
        assertThat(gate.isInside()).isFalse();
    }

    private static void assertMismatch(org.assertj.core.api.ThrowableAssert.ThrowingCallable entering) {
        assertThatThrownBy(entering)
                .isInstanceOfSatisfying(
                        KernelException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONTRACT_MISMATCH))
                .hasMessageContaining("java.lang.String");
    }
}

package helix.core.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MethodStateTest {

    /** A module without a Helix type. */
    public static final class Plain {
        private long count = 7;

        public long save() {
            return count;
        }

        public void load(long saved) {
            count = saved;
        }
    }

    @Test
    void shouldGiveAndTakePrimitiveState() throws Exception {
        Plain plain = new Plain();
        MethodState state = new MethodState(plain, "save", "load");

        state.importState(42L);

        assertThat(state.exportState()).isEqualTo(42L);
    }

    @Test
    void shouldSayWhichTypeItTakes() {
        MethodState state = new MethodState(new Plain(), "save", "load");

        assertThatThrownBy(() -> state.importState("42")).hasMessage("load takes a long, not a java.lang.String");
    }
}

package helix.core.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.core.gate.EverybodyWaits;
import helix.core.gate.Gate;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FacadeFactoryTest {

    /** A contract with everything that makes a proxy writer sweat. */
    public interface Parts<T> {
        int compareWith(T other);

        long sum(long a, double b, int c, byte d, boolean e, char f, float g, short h);

        String[] names(int[][] numbers) throws IOException;

        void nothing();

        default String greeting(String name) {
            return "default " + name;
        }

        static int fixed() {
            return 1;
        }
    }

    /** Narrows a return type, so that a bridge method exists. */
    public interface Narrow extends Parts<String> {
        @Override
        int compareWith(String other);
    }

    private final Gate gate = new Gate(0, new EverybodyWaits());
    private final FacadeFactory factory = new FacadeFactory(Narrow.class, gate, "facade of slot 'x'");
    private final Narrow facade = (Narrow) factory.create();

    @Test
    void shouldPassArgumentsAndResultsOfEveryType() throws IOException {
        gate.open(new Good());

        assertThat(facade.sum(1L << 40, 2.0, 3, (byte) 4, true, (char) 5, 6f, (short) 7))
                .isEqualTo((1L << 40) + 2 + 3 + 4 + 1 + 5 + 6 + 7);
        assertThat(facade.names(new int[][] {{1}, {2, 3}})).containsExactly("[1]", "[2, 3]");
        facade.nothing();
        assertThat(gate.callsInFlight()).isZero();
    }

    @Test
    void shouldRouteDefaultAndBridgeMethodsToTheOccupant() {
        gate.open(new Good());

        assertThat(facade.greeting("you")).isEqualTo("own you");
        Parts<String> wider = facade;
        assertThat(wider.compareWith("x")).isEqualTo(42);
    }

    @Test
    void shouldThrowWhatTheOccupantThrowsAndLeaveTheGate() {
        gate.open(new Good() {
            @Override
            public String[] names(int[][] numbers) throws IOException {
                throw new IOException("disk");
            }
        });

        assertThatThrownBy(() -> facade.names(null))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
        assertThat(gate.isInside()).isFalse();
    }

    @Test
    void shouldRestoreTheDepthAfterAStackOverflow() {
        gate.open(new Good() {
            @Override
            public void nothing() {
                facade.nothing();
            }
        });

        assertThatThrownBy(facade::nothing).isInstanceOf(StackOverflowError.class);
        assertThat(gate.isInside()).isFalse();
    }

    @Test
    void shouldHaveAnIdentityOfItsOwn() {
        gate.open(new Good());
        Object other = factory.create();

        assertThat(Set.of(facade, other)).contains(facade, other);
        assertThat(facade).isNotEqualTo(other).hasToString("facade of slot 'x'");
    }

    @Test
    void shouldAnswerReflection() {
        List<String> names = Arrays.stream(facade.getClass().getMethods())
                .map(java.lang.reflect.Method::getName)
                .toList();

        assertThat(names)
                .contains("sum", "names", "nothing", "greeting", "compareWith")
                .doesNotContain("fixed");
    }

    @Test
    void shouldDefineTheServiceFactoryWhereTheContractIsSeen() throws ClassNotFoundException {
        ClassLoader seen = factory.serviceFactory().getClass().getClassLoader();

        assertThat(seen).isNotSameAs(FacadeFactory.class.getClassLoader());
        assertThat(seen.loadClass(Narrow.class.getName())).isSameAs(Narrow.class);
        assertThatThrownBy(() -> seen.loadClass(FacadeFactory.class.getName()))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static class Good implements Narrow {
        @Override
        public long sum(long a, double b, int c, byte d, boolean e, char f, float g, short h) {
            return a + (long) b + c + d + (e ? 1 : 0) + f + (long) g + h;
        }

        @Override
        public String[] names(int[][] numbers) throws IOException {
            return Arrays.stream(numbers).map(Arrays::toString).toArray(String[]::new);
        }

        @Override
        public void nothing() {}

        @Override
        public String greeting(String name) {
            return "own " + name;
        }

        @Override
        public int compareWith(String other) {
            return 42;
        }
    }
}

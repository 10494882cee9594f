package helix.shell.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandTextTest {

    @Test
    void shouldGiveEachCommandOfATextByItself() {
        assertThat(CommandText.commandsOf("slots; x = 1\n\necho $x ; # done\n"))
                .containsExactly("slots", "x = 1", "echo $x");
    }

    @Test
    void shouldKeepTogetherWhatBelongsTogether() {
        assertThat(CommandText.commandsOf("a | grep 'x;y'; b && c || d; { e; f }"))
                .containsExactly("a | grep 'x;y'", "b && c || d", "{ e; f }");
    }

    @Test
    void shouldFindNothingInABlankText() {
        assertThat(CommandText.commandsOf(" \n; ;")).isEmpty();
    }
}

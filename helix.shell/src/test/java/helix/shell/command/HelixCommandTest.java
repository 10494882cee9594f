package helix.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HelixCommandTest {

    @Test
    void shouldCountEveryCommandSinceConsolesWaitForThatMany() throws Exception {
        Path classes = Path.of(
                        HelixCommand.class.getResource("HelixCommand.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(classes)) {
            long commands = files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(HelixCommandTest::isCommand)
                    .count();

            assertThat(commands).isEqualTo(HelixCommand.COUNT);
        }
    }

    private static boolean isCommand(String name) {
        try {
            Class<?> type = Class.forName(HelixCommand.class.getPackageName() + "." + name);
            return HelixCommand.class.isAssignableFrom(type) && !type.isInterface();
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}

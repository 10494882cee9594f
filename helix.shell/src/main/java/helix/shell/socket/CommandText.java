package helix.shell.socket;

import java.util.ArrayList;
import java.util.List;
import org.apache.felix.gogo.runtime.Parser;
import org.apache.felix.gogo.runtime.Token;

/**
 * Takes a command text apart, so that the value of each command is shown: Gogo itself answers with the last one only. What
 * is joined by a pipe, {@code &&} or {@code ||} stays together.
 */
final class CommandText {

    private CommandText() {}

    /** The commands of {@code text} in order. Throws what Gogo's parser throws when the text is none. */
    static List<String> commandsOf(String text) {
        List<String> commands = new ArrayList<>();
        StringBuilder command = new StringBuilder();
        for (Token token : new Parser(text).program().tokens()) {
            if (endsCommand(token)) {
                add(commands, command);
            } else {
                command.append(token).append(' ');
            }
        }
        add(commands, command);
        return commands;
    }

    private static boolean endsCommand(Token token) {
        return Token.eq(token, ";") || Token.eq(token, "\n");
    }

    private static void add(List<String> commands, StringBuilder command) {
        if (!command.toString().isBlank()) {
            commands.add(command.toString().trim());
        }
        command.setLength(0);
    }
}

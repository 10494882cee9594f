package helix.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.Set;

/** Sends line after line to a shell until there are no more, or the user leaves. Leaving does not stop the kernel. */
final class ShellSession {

    private static final Set<String> LEAVE = Set.of("exit", "logout", "quit");

    private final ShellClient client;
    private final PrintStream out;
    private final PrintStream err;

    ShellSession(ShellClient client, PrintStream out, PrintStream err) {
        this.client = client;
        this.out = out;
        this.err = err;
    }

    /** @return exit status of the last command, 0 without one */
    int run(LineSource lines) throws IOException, LauncherException {
        int status = 0;
        Optional<String> line = lines.next();
        while (line.isPresent() && !LEAVE.contains(line.get().trim())) {
            if (!line.get().isBlank()) {
                status = client.execute(line.get(), out, err);
            }
            line = lines.next();
        }
        return status;
    }
}

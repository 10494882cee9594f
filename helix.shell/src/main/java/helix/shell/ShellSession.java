package helix.shell;

import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * What Helix keeps in a Gogo session: which console it belongs to, and whether lines may be drawn there. Stateless;
 * the session holds everything.
 */
public final class ShellSession {

    private static final String CONSOLE = ".helix.console";
    private static final String DRAWING = ".helix.drawing";
    private static final String SCOPE = "SCOPE";

    private ShellSession() {}

    /**
     * Prepares a new session.
     *
     * @param console name of the console, for audit
     * @param drawing whether its screen can show box characters
     */
    public static void prepare(CommandSession session, String console, boolean drawing) {
        session.put(CONSOLE, console);
        session.put(DRAWING, drawing);
        session.put(SCOPE, "helix:gogo:*");
    }

    /** Who types into a session: the user of this process and the console, {@code root@local}. */
    public static String requester(CommandSession session) {
        Object console = session.get(CONSOLE);
        return System.getProperty("user.name") + "@" + (console == null ? "shell" : console);
    }

    /** Says whether box characters may be used for what is written to {@code session} now: never into a pipe. */
    public static boolean isDrawing(CommandSession session) {
        Process process = Process.Utils.current();
        return Boolean.TRUE.equals(session.get(DRAWING)) && (process == null || process.isTty(1));
    }
}

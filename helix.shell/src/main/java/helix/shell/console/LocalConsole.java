package helix.shell.console;

import helix.shell.ShellSession;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell on the terminal that this process was started from, in the thread {@code helix-console}. Thread-safe.
 *
 * <p>It ends with its input, with {@code exit}, or when it is closed; only the first two are reported.
 */
public final class LocalConsole implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalConsole.class);

    /** The line editor polls its input; a thread that does not leave by then is abandoned to it. */
    private static final long CLOSE_MS = 1_000;

    private final Shell shell;
    private final Terminal terminal;
    private final CommandSession session;
    private final Runnable ended;
    private final Thread thread = new Thread(this::run, "helix-console");
    private final AtomicBoolean closing = new AtomicBoolean();

    private LocalConsole(BundleContext context, CommandProcessor processor, Terminal terminal, Runnable ended) {
        this.terminal = terminal;
        this.ended = ended;
        this.shell = new Shell(new ShellContext(context), processor);
        this.session = processor.createSession(terminal.input(), terminal.output(), terminal.output());
        session.put(Shell.VAR_TERMINAL, terminal);
        session.put(Shell.VAR_PROMPT, "helix@" + node(context) + "> ");
        session.put("exit", (Function) (caller, words) -> {
            shell.stop();
            return null;
        });
        ShellSession.prepare(session, "local", !terminal.getType().startsWith(Terminal.TYPE_DUMB));
    }

    private static String node(BundleContext context) {
        String node = context.getProperty("helix.node");
        return node == null ? "local" : node;
    }

    /**
     * Takes the terminal and starts to read.
     *
     * @param ended told when the input ended or the operator left
     * @throws IOException when there is no terminal to take
     */
    public static LocalConsole open(BundleContext context, CommandProcessor processor, Runnable ended)
            throws IOException {
        return open(context, processor, terminal(), ended);
    }

    static LocalConsole open(BundleContext context, CommandProcessor processor, Terminal terminal, Runnable ended) {
        LocalConsole console = new LocalConsole(context, processor, terminal, ended);
        console.thread.start();
        return console;
    }

    /** JLine finds its ways to a terminal through the context class loader, which in OSGi belongs to somebody else. */
    private static Terminal terminal() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Terminal.class.getClassLoader());
        try {
            return TerminalBuilder.builder()
                    .name("helix")
                    .system(true)
                    .dumb(true)
                    .nativeSignals(true)
                    .signalHandler(Terminal.SignalHandler.SIG_IGN)
                    .build();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private void run() {
        try {
            thread.setContextClassLoader(Terminal.class.getClassLoader());
            shell.gosh(session, new String[] {"--login", "--noshutdown"});
        } catch (Exception e) {
            if (!closing.get()) {
                LOG.error("The local console broke", e);
            }
        }
        if (!closing.get()) {
            ended.run();
        }
    }

    /** Gives the terminal back. */
    @Override
    public void close() throws IOException {
        closing.set(true);
        shell.stop();
        session.close();
        terminal.close();
        thread.interrupt();
        try {
            thread.join(CLOSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

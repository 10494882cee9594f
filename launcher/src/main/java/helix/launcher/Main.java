package helix.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.SocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Entry point: reads the command line, does it, ends the process with an {@link ExitCode}. */
public final class Main {

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(30);
    /** {@code stop} waits longer than a kernel takes that is ended by its watchdog. */
    private static final Duration GONE = STOP.plusSeconds(10);

    private final UnaryOperator<String> properties;
    private final PrintStream out;
    private final PrintStream err;

    Main(UnaryOperator<String> properties, PrintStream out, PrintStream err) {
        this.properties = properties;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        int status = new Main(System::getProperty, System.out, System.err).run(List.of(arguments));
        if ("halt".equals(System.getProperty(ExitCode.REASON_PROPERTY))) {
            Runtime.getRuntime().halt(status);
        }
        // Bundles may have left threads behind that are no daemons; the process ends all the same.
        System.exit(status);
    }

    /** Does what the arguments say. Messages to the operator go to the error stream. */
    int run(List<String> arguments) {
        try {
            return perform(CommandLine.parse(arguments));
        } catch (LauncherException e) {
            err.println("helix: " + e.getMessage());
            if (e.exitCode() == ExitCode.USAGE) {
                err.println("try 'helix --help'");
            }
            return e.exitCode().code();
        } catch (IOException e) {
            err.println("helix: " + e);
            return ExitCode.FAILED.code();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("helix: interrupted");
            return ExitCode.FAILED.code();
        }
    }

    private int perform(CommandLine line) throws LauncherException, IOException, InterruptedException {
        switch (line.action()) {
            case VERSION -> out.println(Version.get());
            case HELP -> out.println(CommandLine.HELP);
            case RUN -> {
                ForegroundRun.Patience patience = new ForegroundRun.Patience(READY, STOP);
                return new ForegroundRun(layout(), line, patience, out, err).run();
            }
            case START -> new Background(layout(), READY, out).start(line.clean());
            case STOP -> new Background(layout(), GONE, out).stop();
            case STATUS -> {
                return new Background(layout(), GONE, out).status().code();
            }
            case SHELL -> {
                return shell(line);
            }
        }
        return ExitCode.OK.code();
    }

    private int shell(CommandLine line) throws LauncherException, IOException {
        try (ShellClient client = ShellClient.connect(runningShell(layout()))) {
            if (line.commands().isPresent()) {
                return client.execute(line.commands().get(), out, err);
            }
            try (LineSource lines = lines()) {
                return new ShellSession(client, out, err).run(lines);
            }
        }
    }

    private static SocketAddress runningShell(Layout layout) throws LauncherException {
        if (DataLock.holder(layout).isEmpty()) {
            throw new LauncherException(
                    ExitCode.FAILED, "no kernel runs on " + layout.data() + "; start one with 'helix start'");
        }
        return new ShellAddress(layout)
                .read()
                .orElseThrow(() -> new LauncherException(
                        ExitCode.FAILED,
                        "the kernel on " + layout.data() + " has no shell: it boots, stops, or has none"));
    }

    private LineSource lines() throws IOException {
        // The script knows; System.console() is there without a terminal on some virtual machines.
        return "true".equals(properties.apply("helix.terminal"))
                ? new TerminalLines()
                : LineSource.of(new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())));
    }

    private Layout layout() throws LauncherException {
        return Layout.of(properties);
    }
}

package helix.launcher;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.FrameworkEvent;

/**
 * A kernel in this process, from lock to exit code.
 *
 * <p><b>Threads.</b> {@link #run} is called by the main thread. A shutdown hook stops the kernel when the process is told
 * to end (SIGTERM, SIGINT, hang-up); a watchdog ends the process when the kernel does not stop.
 */
final class ForegroundRun {

    private static final Duration FOR_EVER = Duration.ZERO;
    private static final Duration POLL = Duration.ofMillis(20);

    private final Layout layout;
    private final CommandLine line;
    private final Patience patience;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * How long to wait.
     *
     * @param ready from boot until the shell answers
     * @param stop from the beginning of the stop until its end
     */
    record Patience(Duration ready, Duration stop) {}

    ForegroundRun(Layout layout, CommandLine line, Patience patience, PrintStream out, PrintStream err) {
        this.layout = layout;
        this.line = line;
        this.patience = patience;
        this.out = out;
        this.err = err;
    }

    /** @return the exit status of the process */
    int run() throws LauncherException, IOException, InterruptedException {
        layout.createDataFolders();
        try (DataLock lock = DataLock.acquire(layout)) {
            Kernel kernel = prepare();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndRelease(kernel, lock), "helix-shutdown"));
            try {
                return bootAndServe(kernel);
            } finally {
                kernel.stop(patience.stop());
            }
        }
    }

    private Kernel prepare() throws LauncherException {
        DataFormat.check(layout);
        new ShellAddress(layout).removeStale();
        publish();
        long bootStart = ManagementFactory.getRuntimeMXBean().getStartTime();
        Map<String, String> config = FrameworkConfig.of(layout, line.console(), Version.get(), bootStart);
        return Kernel.create(layout, Distribution.read(layout.bundles()), config, line.clean(), err);
    }

    private int bootAndServe(Kernel kernel) throws LauncherException, IOException, InterruptedException {
        BundleOutput bundlesOut = BundleOutput.installAsOut(layout.consoleLog());
        BundleOutput bundlesErr = BundleOutput.installAsErr(layout.consoleLog());
        if (line.commands().isPresent()) {
            bundlesOut.divert(CREATE, TRUNCATE_EXISTING, WRITE);
        }
        kernel.boot(() -> stopping(bundlesOut, bundlesErr));
        if (line.commands().isPresent()) {
            return runCommands(kernel, line.commands().get());
        }
        return exitCode(kernel.awaitStop(FOR_EVER)).code();
    }

    private void stopping(BundleOutput bundlesOut, BundleOutput bundlesErr) {
        new StopWatchdog(patience.stop(), err).arm();
        try {
            bundlesOut.divert(CREATE, APPEND);
            bundlesErr.divert(CREATE, APPEND);
        } catch (IOException e) {
            err.println("helix: cannot write to " + layout.consoleLog() + ": " + e);
        }
    }

    private int runCommands(Kernel kernel, String commands)
            throws LauncherException, IOException, InterruptedException {
        int status;
        try (ShellClient client = ShellClient.connect(awaitShell(kernel))) {
            status = client.execute(commands, out, err);
        } catch (LauncherException e) {
            if (System.getProperty(ExitCode.REASON_PROPERTY) == null) {
                throw e;
            }
            status = 0; // the commands stopped the kernel, and the connection went with it
        }
        kernel.stop(patience.stop());
        return status != 0
                ? status
                : exitCode(kernel.awaitStop(patience.stop())).code();
    }

    private UnixDomainSocketAddress awaitShell(Kernel kernel) throws LauncherException, InterruptedException {
        ShellAddress address = new ShellAddress(layout);
        long deadline = System.nanoTime() + patience.ready().toNanos();
        Optional<UnixDomainSocketAddress> found = address.read();
        while (found.isEmpty()) {
            if (kernel.awaitStop(POLL).getType() != FrameworkEvent.WAIT_TIMEDOUT) {
                throw new LauncherException(ExitCode.FAILED, "the kernel stopped before its shell was ready");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LauncherException(
                        ExitCode.FAILED,
                        "the shell was not ready within " + patience.ready().toSeconds() + " s; see the log in "
                                + layout.consoleLog().getParent());
            }
            found = address.read();
        }
        return found.get();
    }

    /** What the end of the framework means for the process. */
    private ExitCode exitCode(FrameworkEvent end) {
        return switch (end.getType()) {
            // The framework itself is to be renewed: that takes another process.
            case FrameworkEvent.STOPPED_UPDATE, FrameworkEvent.STOPPED_SYSTEM_REFRESHED -> ExitCode.RESTART;
            case FrameworkEvent.STOPPED -> ofReason();
            default -> ExitCode.FAILED;
        };
    }

    private ExitCode ofReason() {
        String reason = System.getProperty(ExitCode.REASON_PROPERTY, "poweroff");
        return ExitCode.ofReason(reason).orElseGet(() -> {
            err.println("helix: unknown reason to stop '" + reason + "', have [poweroff, reboot, halt, panic]");
            return ExitCode.FAILED;
        });
    }

    /** Libraries that substitute system properties in configuration files see the folders as well. */
    private void publish() {
        System.setProperty("helix.home", layout.home().toString());
        System.setProperty("helix.etc", layout.etc().toString());
        System.setProperty("helix.data", layout.data().toString());
    }

    private void stopAndRelease(Kernel kernel, DataLock lock) {
        try {
            if (!kernel.stop(patience.stop())) {
                err.println("helix: the kernel did not stop within "
                        + patience.stop().toSeconds() + " s");
            }
            lock.close();
        } catch (InterruptedException | IOException e) {
            err.println("helix: stopping: " + e);
        }
    }
}

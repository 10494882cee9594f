package helix.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A kernel that runs as a process of its own: {@code start}, {@code stop}, {@code status}. */
final class Background {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Layout layout;
    private final Duration patience;
    private final PrintStream out;

    /** @param patience how long to wait until the kernel is ready, or gone */
    Background(Layout layout, Duration patience, PrintStream out) {
        this.layout = layout;
        this.patience = patience;
        this.out = out;
    }

    /** Starts a kernel and returns when its shell is ready. */
    void start(boolean clean) throws LauncherException, IOException, InterruptedException {
        if (DataLock.holder(layout).isPresent()) {
            throw DataLock.inUse(layout);
        }
        layout.createDataFolders();
        ShellAddress address = new ShellAddress(layout);
        address.removeStale();
        Process kernel = spawn(clean);
        long deadline = System.nanoTime() + patience.toNanos();
        while (address.read().isEmpty()) {
            if (kernel.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw ended(kernel.exitValue());
            }
            if (System.nanoTime() - deadline > 0) {
                kernel.destroy();
                throw new LauncherException(
                        ExitCode.FAILED,
                        "process " + kernel.pid() + " was not ready within " + patience.toSeconds()
                                + " s and was told to stop; see " + layout.consoleLog());
            }
        }
        out.println("started, process " + kernel.pid());
    }

    private Process spawn(boolean clean) throws IOException {
        List<String> command = new ArrayList<>(detached());
        command.add(layout.script().toString());
        command.add("--no-console");
        if (clean) {
            command.add("--clean");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(layout.consoleLog().toFile())
                .redirectErrorStream(true);
        builder.environment().put("HELIX_DATA", layout.data().toString());
        builder.environment().put("HELIX_ETC", layout.etc().toString());
        return builder.start();
    }

    /** What keeps the kernel alive when the terminal closes: a session of its own, or at least deafness to SIGHUP. */
    private static List<String> detached() {
        boolean setsid =
                List.of("/usr/bin/setsid", "/bin/setsid").stream().anyMatch(tool -> Files.isExecutable(Path.of(tool)));
        return List.of(setsid ? "setsid" : "nohup");
    }

    private LauncherException ended(int status) throws IOException {
        ExitCode code = status == 0 ? ExitCode.FAILED : ExitCode.ofStatus(status);
        String said = Files.readString(layout.consoleLog()).trim();
        return new LauncherException(
                code, "the kernel ended with status " + status + (said.isEmpty() ? "" : " and said:\n" + said));
    }

    /** Tells the kernel to stop and waits until it has; one that does not run is stopped already. */
    void stop() throws LauncherException, InterruptedException {
        Optional<ProcessHandle> kernel = DataLock.holder(layout);
        if (kernel.isEmpty()) {
            out.println("not running");
            return;
        }
        kernel.get().destroy();
        try {
            kernel.get().onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            out.println("stopped, was process " + kernel.get().pid());
        } catch (TimeoutException | ExecutionException e) {
            throw new LauncherException(
                    ExitCode.FAILED,
                    "process " + kernel.get().pid() + " did not stop within " + patience.toSeconds() + " s",
                    e);
        }
    }

    /** @return OK when a kernel runs on this data directory, else FAILED */
    ExitCode status() throws LauncherException {
        Optional<ProcessHandle> kernel = DataLock.holder(layout);
        out.println(kernel.map(process -> "running, process " + process.pid()).orElse("not running"));
        return kernel.isPresent() ? ExitCode.OK : ExitCode.FAILED;
    }
}

package helix.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Ends the process when a kernel that began to stop does not come to an end, whichever bundle hangs. */
final class StopWatchdog {

    private final Duration patience;
    private final PrintStream err;

    StopWatchdog(Duration patience, PrintStream err) {
        this.patience = patience;
        this.err = err;
    }

    /** Begins to count. The timer thread is a daemon and ends with the process. */
    void arm() {
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::end);
    }

    private void end() {
        err.println("helix: the kernel did not stop within " + patience.toSeconds() + " s; ending the process");
        Runtime.getRuntime().halt(ExitCode.FAILED.code());
    }
}

package helix.shell.command;

import helix.api.kernel.ErrorCode;
import helix.api.slot.HotSwap;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.shell.format.Json;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for a swap and waits for its report, not for ever. Thread-safe. */
final class SwapRunner {

    private final HotSwap hotSwap;
    private final Duration deadline;

    SwapRunner(HotSwap hotSwap, Duration deadline) {
        this.hotSwap = hotSwap;
        this.deadline = deadline;
    }

    /**
     * @return a report that says SWAPPED
     * @throws SwapFailedException with any other report
     * @throws CommandException TIMED_OUT when the deadline passed or the caller was interrupted; the swap goes on
     */
    SwapReport run(SwapRequest request, boolean json) {
        SwapReport report = await(request);
        if (!report.isSwapped()) {
            throw new SwapFailedException(report, json ? Json.write(report) : report);
        }
        return report;
    }

    private SwapReport await(SwapRequest request) {
        try {
            return hotSwap.begin(request).toCompletableFuture().get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw unfinished(request, "did not end within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unfinished(request, "was not waited for", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        }
    }

    private static CommandException unfinished(SwapRequest request, String what, Exception cause) {
        return new CommandException(
                ErrorCode.TIMED_OUT,
                "the " + request.kind() + " of slot '" + request.slot() + "' " + what
                        + " and goes on; see helix:slots and helix:history",
                cause);
    }
}

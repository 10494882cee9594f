package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SlotName;
import helix.api.slot.SwapPhase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the module code of one transaction on a thread that can be given up. Module code that does not return in time
 * is interrupted; when that does not help, its thread is left behind and the next step gets a new one. Used by one
 * thread.
 */
final class ModuleThread implements AutoCloseable {

    /** How long interrupted module code may take to come back. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Duration timeout;
    private final ThreadFactory threads;
    private ExecutorService worker;
    private volatile Thread thread;

    ModuleThread(SlotName slot, Duration timeout) {
        this(timeout, body -> new Worker(slot, body));
    }

    ModuleThread(Duration timeout, ThreadFactory threads) {
        this.timeout = timeout;
        this.threads = threads;
        this.worker = newWorker();
    }

    private ExecutorService newWorker() {
        return Executors.newSingleThreadExecutor(body -> {
            thread = threads.newThread(body);
            return thread;
        });
    }

    /** A thread that runs module code on behalf of a transaction of {@code slot}. */
    static final class Worker extends Thread {
        private final SlotName slot;

        Worker(SlotName slot, Runnable body) {
            super(body, "helix-phase-" + slot);
            this.slot = slot;
            setDaemon(true);
        }

        static boolean isOf(SlotName slot) {
            return Thread.currentThread() instanceof Worker worker && worker.slot.equals(slot);
        }
    }

    /**
     * Runs one step. An interrupt does not cut it short, since the wait is bounded anyhow and a half-done step is worse:
     * the flag is set again at the end.
     *
     * @param what names the step in the failure, {@code exportState of rr@1.0.0}
     * @throws PhaseFailure with {@code code} when it throws or no thread can be had, TIMED_OUT when it does not return
     */
    <T> T call(SwapPhase phase, ErrorCode code, String what, Callable<T> step) throws PhaseFailure {
        Future<T> running;
        try {
            running = worker.submit(step);
        } catch (OutOfMemoryError noThread) {
            throw new PhaseFailure(phase, code, what + " could not begin: " + describe(noThread), noThread);
        }
        try {
            return await(running);
        } catch (ExecutionException e) {
            throw new PhaseFailure(phase, code, what + " failed: " + describe(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw hang(phase, what);
        }
    }

    private <T> T await(Future<T> running) throws ExecutionException, TimeoutException {
        long endNs = System.nanoTime() + timeout.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return running.get(endNs - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A step that gives nothing back. */
    void run(SwapPhase phase, ErrorCode code, String what, Step step) throws PhaseFailure {
        call(phase, code, what, () -> {
            step.run();
            return null;
        });
    }

    /** Module code without a result. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private PhaseFailure hang(SwapPhase phase, String what) {
        List<String> stack =
                Arrays.stream(thread.getStackTrace()).map(Object::toString).toList();
        boolean returned = endWorker();
        worker = newWorker();
        String end = returned ? "it ended when interrupted" : "it ignored the interrupt and was left behind";
        return new PhaseFailure(
                phase,
                ErrorCode.TIMED_OUT,
                what + " did not return within " + timeout.toMillis() + " ms; " + end,
                null,
                stack,
                !returned);
    }

    private boolean endWorker() {
        worker.shutdownNow();
        try {
            return worker.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return worker.isTerminated();
        }
    }

    static String describe(Throwable thrown) {
        String message = thrown.getMessage();
        String type = thrown.getClass().getSimpleName();
        return message == null ? type : type + ": " + message;
    }

    @Override
    public void close() {
        worker.shutdown();
    }
}

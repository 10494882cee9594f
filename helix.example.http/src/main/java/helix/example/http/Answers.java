package helix.example.http;

import helix.api.thread.ThreadId;
import helix.api.thread.Threads;
import java.net.URI;
import java.util.Set;
import java.util.function.LongSupplier;

/** What the server answers, without HTTP. Thread-safe. */
final class Answers {

    /** Longest computation a request may ask for, in milliseconds. */
    static final long MAX_WORK_MS = 1_000;

    private static final long MAX_SEQUENCE = 999_999_999_999_999_999L;
    private static final long NS_PER_MS = 1_000_000;
    private static final int ROUNDS = 1_000;

    private final Threads threads;
    private final LongSupplier clockNs;

    /** @param clockNs a clock that never goes back, in nanoseconds */
    Answers(Threads threads, LongSupplier clockNs) {
        this.threads = threads;
        this.clockNs = clockNs;
    }

    /** @throws BadRequestException when there is no such path or its parameters are wrong */
    String to(URI uri) throws BadRequestException {
        return switch (uri.getPath()) {
            case "/hello" -> {
                Query.of(uri, Set.of());
                yield "hello" + signature();
            }
            case "/echo" -> echo(Query.of(uri, Set.of("n")));
            case "/work" -> work(Query.of(uri, Set.of("ms", "n")));
            default ->
                throw new BadRequestException(404, "no path '" + uri.getPath() + "', have [/echo, /hello, /work]");
        };
    }

    private String echo(Query query) throws BadRequestException {
        return query.number("n", MAX_SEQUENCE) + signature();
    }

    private String work(Query query) throws BadRequestException {
        long ms = query.number("ms", MAX_WORK_MS);
        long n = query.number("n", MAX_SEQUENCE);
        long result = compute(ms * NS_PER_MS);
        return n + " worked=" + ms + "ms result=" + Long.toHexString(result) + signature();
    }

    /** Computes for {@code ns} of its own time: what passes while it is preempted at a checkpoint is not counted. */
    private long compute(long ns) {
        long value = ns;
        long spent = 0;
        while (spent < ns) {
            long begun = clockNs.getAsLong();
            for (int i = 0; i < ROUNDS; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            spent += clockNs.getAsLong() - begun;
            threads.checkpoint();
        }
        return value;
    }

    private String signature() {
        String kernelThread = threads.current().map(ThreadId::toString).orElse("none");
        return " thread=" + Thread.currentThread().getName() + " kernel=" + kernelThread + "\n";
    }
}

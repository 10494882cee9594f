package helix.core.thread;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when nothing runs although threads are ready. Looked after by the tick, read by anybody. Logs once per stall.
 */
final class StallWatch {

    private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);
    private static final long GRACE_NS = TimeUnit.SECONDS.toNanos(1);

    private final CpuBank cpus;
    private final SchedulerPort port;
    private volatile long stalledNs = -1;
    private long sinceNs;
    private boolean reported;

    StallWatch(CpuBank cpus, SchedulerPort port) {
        this.cpus = cpus;
        this.port = port;
    }

    /** Called by the tick, when it has done all it could. */
    void look(long nowNs) {
        if (port.held() + port.stranded() == 0 || !cpus.allIdle()) {
            stalledNs = -1;
            reported = false;
            return;
        }
        if (stalledNs < 0) {
            sinceNs = nowNs;
        }
        stalledNs = Math.max(0, nowNs - sinceNs);
        if (!reported) {
            sentence().ifPresent(why -> {
                reported = true;
                LOG.warn("The machine is stalled: {}", why);
            });
        }
    }

    /** Why nothing runs, {@code 12 threads are ready, but the scheduler has picked none for 3.1 s}. */
    Optional<String> sentence() {
        long forNs = stalledNs;
        long ready = port.held() + port.stranded();
        if (forNs <= GRACE_NS || ready <= 0) {
            return Optional.empty();
        }
        String who = ready == 1 ? "1 thread is ready" : ready + " threads are ready";
        String why = port.isEmpty() ? "the slot 'scheduler' is empty" : "the scheduler has picked none";
        return Optional.of(String.format(Locale.ROOT, "%s, but %s for %.1f s", who, why, forNs / 1e9));
    }
}

package helix.shell.system;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Knows when the JVM started and when the shell was ready. Thread-safe. */
@Component(service = BootClock.class)
public final class BootClock {

    private final Supplier<Duration> uptime;
    private final AtomicReference<Duration> boot = new AtomicReference<>();

    @Activate
    public BootClock() {
        this(() -> Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()));
    }

    /** @param uptime time since the JVM started */
    public BootClock(Supplier<Duration> uptime) {
        this.uptime = uptime;
    }

    /** Time since the JVM started. */
    public Duration up() {
        return uptime.get();
    }

    /** From the start of the JVM until the shell was ready the first time; empty before. */
    public Optional<Duration> boot() {
        return Optional.ofNullable(boot.get());
    }

    /** Notes that the shell is ready. */
    public void ready() {
        boot.compareAndSet(null, up());
    }
}

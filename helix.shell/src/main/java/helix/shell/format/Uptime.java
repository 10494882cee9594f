package helix.shell.format;

import java.time.Duration;
import java.util.Optional;

/**
 * How long this Helix runs, and what it is.
 *
 * @param up since the JVM started
 * @param boot from then until the shell was ready; empty before
 * @param version of Helix
 * @param jvm version of the JVM
 */
public record Uptime(Duration up, Optional<Duration> boot, String version, String jvm) {}

/**
 * Scheduling policy: the contract of the slot {@code scheduler}.
 */
@Export
@Version("1.0.0")
package helix.api.scheduler;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

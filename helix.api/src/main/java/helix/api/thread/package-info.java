/**
 * Kernel threads: what runs on the kernel's CPUs, and the services that create and steer it.
 */
@Export
@Version("1.0.0")
package helix.api.thread;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * What the kernel asks of the machine. So far: time, and a tick.
 */
@Export
@Version("1.0.0")
package helix.api.hal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

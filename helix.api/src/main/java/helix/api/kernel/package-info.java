/**
 * What every other package names: CPUs, error codes, the one exception.
 */
@Export
@Version("1.0.0")
package helix.api.kernel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

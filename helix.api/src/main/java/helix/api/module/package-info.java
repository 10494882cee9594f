/**
 * What a swappable part may tell of itself and offer. Nothing here is needed to become a candidate: a service property
 * is enough.
 */
@Export
@Version("1.0.0")
package helix.api.module;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * Slots and the one operation on them that matters: swap.
 *
 * <p>A slot is a named place with a Java interface. Callers hold a facade of that interface; the {@link
 * helix.api.slot.HotSwap} service replaces what serves behind it while they keep calling.
 */
@Export
@Version("1.0.0")
package helix.api.slot;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

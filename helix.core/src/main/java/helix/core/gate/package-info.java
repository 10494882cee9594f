/**
 * The read side of a slot: what every call passes, and how a swap closes it. Knows nothing of modules or services.
 */
package helix.core.gate;

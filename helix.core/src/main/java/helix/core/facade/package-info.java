/**
 * The objects callers hold: generated classes that implement a slot's contract and send each call through its gate.
 */
package helix.core.facade;

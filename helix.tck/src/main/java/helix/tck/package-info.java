/**
 * Contract tests: what every implementation of a Helix interface must do. Each is an abstract JUnit class that a module
 * extends in its own tests, saying only how its implementation is made.
 */
package helix.tck;

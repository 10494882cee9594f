/**
 * Boots the framework and talks to a running kernel.
 *
 * <p>{@link helix.launcher.Main} reads the command line; {@link helix.launcher.Kernel} owns the framework; {@link
 * helix.launcher.ShellClient} speaks with the shell of a kernel that runs. Plain Java: nothing here is seen by bundles.
 */
package helix.launcher;

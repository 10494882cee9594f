package helix.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.osgi.framework.Constants;

/**
 * The properties of the framework: first the user's {@code etc/helix.properties}, over them what the launcher decides.
 * Every bundle can read them.
 */
final class FrameworkConfig {

    /** What the framework starts up to; also the last level at which anything is shipped, and then some. */
    static final int START_LEVEL = 100;

    private static final String USER_FILE = "helix.properties";
    private static final String DEFAULT_BUNDLE_LEVEL = "80";

    private FrameworkConfig() {}

    /**
     * @param layout where things are
     * @param console whether the shell opens the local console
     * @param version of this Helix
     * @param bootStart when the virtual machine started, milliseconds since the epoch
     * @throws LauncherException CONFIG when there is no configuration directory or the user's file cannot be read
     */
    static Map<String, String> of(Layout layout, boolean console, String version, long bootStart)
            throws LauncherException {
        if (!Files.isDirectory(layout.etc())) {
            // A misspelt name would else boot with defaults and look as if the operator's settings were in force.
            throw new LauncherException(
                    ExitCode.CONFIG, "no configuration directory " + layout.etc() + "; see HELIX_ETC");
        }
        Map<String, String> config = new TreeMap<>();
        config.put("felix.startlevel.bundle", DEFAULT_BUNDLE_LEVEL);
        // What matters comes as an event of the framework; its own log would print stacks on the console.
        config.put("felix.log.level", "0");
        config.put("felix.fileinstall.poll", "1000");
        config.put("felix.fileinstall.log.level", "1");
        config.put("helix.node", "local");
        // What is logged before the configuration service has brought etc/org.ops4j.pax.logging.cfg. To give the file
        // to
        // the backend directly would make it deaf to later changes.
        config.put("org.ops4j.pax.logging.DefaultServiceLog.level", "ERROR");
        readUserFile(layout.etc().resolve(USER_FILE), config);

        config.put("helix.home", layout.home().toString());
        config.put("helix.etc", layout.etc().toString());
        config.put("helix.data", layout.data().toString());
        config.put("helix.version", version);
        config.put("helix.boot.start", Long.toString(bootStart));
        config.put("helix.console", console ? "interactive" : "none");
        config.put(Constants.FRAMEWORK_STORAGE, layout.cache().toString());
        config.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, Integer.toString(START_LEVEL));
        addConfigurationFolder(layout, config);
        // Gogo looks for etc/gosh_profile in this folder; its own would make java.lang.System a set of commands.
        config.put("gosh.home", layout.home().toString());
        return config;
    }

    private static void addConfigurationFolder(Layout layout, Map<String, String> config) {
        config.put("felix.fileinstall.dir", layout.etc().toString());
        config.put("felix.fileinstall.filter", ".*\\.(cfg|config)");
        config.put("felix.fileinstall.tmpdir", layout.data().resolve("tmp").toString());
        // The first scan happens while the bundle starts, so later start levels find their configuration.
        config.put("felix.fileinstall.noInitialDelay", "true");
        config.put("felix.fileinstall.enableConfigSave", "true");
    }

    private static void readUserFile(Path file, Map<String, String> config) throws LauncherException {
        if (Files.notExists(file)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot read " + file + ": " + e.getMessage(), e);
        }
        properties
                .stringPropertyNames()
                .forEach(name -> config.put(name, properties.getProperty(name).trim()));
    }
}

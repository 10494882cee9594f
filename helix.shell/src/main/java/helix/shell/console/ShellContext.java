package helix.shell.console;

import org.apache.felix.gogo.jline.Shell;
import org.osgi.framework.BundleContext;

/** What Gogo's shell asks of its surroundings. Thread-safe. */
final class ShellContext implements Shell.Context {

    private static final String GOSH_HOME = "gosh.home";

    private final BundleContext context;

    ShellContext(BundleContext context) {
        this.context = context;
    }

    /** {@code etc/gosh_profile} is looked for in {@code gosh.home}, else in {@code helix.home}. */
    @Override
    public String getProperty(String name) {
        String value = context.getProperty(name);
        return value == null && GOSH_HOME.equals(name) ? context.getProperty("helix.home") : value;
    }

    /** Not used: the console itself decides what follows its end. */
    @Override
    public void exit() {
        throw new UnsupportedOperationException("the shell does not stop the framework");
    }
}

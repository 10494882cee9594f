package helix.launcher;

import java.io.PrintStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;

/**
 * Tells the operator of errors of the framework, one line each, and remembers which bundles they were about. Thread-safe.
 */
final class BootErrors implements FrameworkListener {

    private final PrintStream err;
    private final Queue<Bundle> failed = new ConcurrentLinkedQueue<>();

    BootErrors(PrintStream err) {
        this.err = err;
    }

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR) {
            failed.add(event.getBundle());
            tell(event.getBundle().getSymbolicName() + ": " + oneLine(event.getThrowable()));
        }
    }

    /** Names of those of the given locations about which an error came. */
    List<String> bundlesThatFailed(List<String> locations) {
        return failed.stream()
                .filter(bundle -> locations.contains(bundle.getLocation()))
                .map(Bundle::getSymbolicName)
                .distinct()
                .toList();
    }

    void tell(String message) {
        err.println("helix: " + message);
    }

    /** Message and root cause, without stack or line breaks. */
    static String oneLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return (root == failure ? text : text + ": " + root).replaceAll("\\s*\\R\\s*", " ");
    }
}

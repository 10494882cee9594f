package helix.core.slot;

import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** Where the nucleus keeps files: the user's data folder, or the bundle's own where the launcher named none. */
final class DataFolder {

    private DataFolder() {}

    static Path of(BundleContext context) {
        String named = context.getProperty("helix.data");
        return named != null ? Path.of(named) : context.getDataFile("").toPath();
    }
}

package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** The star: every bundle wires to helix.api and to no other Helix bundle. */
public class BundleShapeIT extends OnDistribution {

    @Test
    public void shouldExportHelixPackagesFromTheApiOnly() {
        for (Bundle bundle : helix()) {
            boolean exports =
                    bundle.adapt(BundleWiring.class).getCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream()
                            .findAny()
                            .isPresent();
            assertEquals(bundle.getSymbolicName(), bundle.getSymbolicName().equals("helix.api"), exports);
        }
    }

    @Test
    public void shouldWireToTheApiAndToNoOtherHelixBundle() {
        for (Bundle bundle : helix()) {
            for (BundleWire wire :
                    bundle.adapt(BundleWiring.class).getRequiredWires(PackageNamespace.PACKAGE_NAMESPACE)) {
                String provider = wire.getProvider().getSymbolicName();
                assertTrue(
                        bundle + " wires to " + provider,
                        !provider.startsWith("helix.") || provider.equals("helix.api"));
            }
        }
    }

    @Test
    public void shouldKeepEveryClassUnderTheNameOfItsBundle() {
        List<String> strangers = new ArrayList<>();
        for (Bundle bundle : helix()) {
            String folder = bundle.getSymbolicName().replace('.', '/') + "/";
            bundle
                    .adapt(BundleWiring.class)
                    .listResources(
                            "/helix", "*.class", BundleWiring.LISTRESOURCES_RECURSE | BundleWiring.LISTRESOURCES_LOCAL)
                    .stream()
                    .filter(name -> !name.startsWith(folder))
                    .forEach(name -> strangers.add(bundle.getSymbolicName() + ": " + name));
        }
        assertEquals(List.of(), strangers);
    }

    @Test
    public void shouldHaveEveryBundleActive() {
        for (Bundle bundle : helix()) {
            assertEquals(bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState());
        }
        assertTrue(new TreeSet<>(helixBundles())
                .containsAll(List.of(
                        "helix.api",
                        "helix.core",
                        "helix.hal.jvm",
                        "helix.scheduler.priority",
                        "helix.scheduler.roundrobin",
                        "helix.shell")));
    }

    private List<Bundle> helix() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().startsWith("helix."))
                .toList();
    }
}

package helix.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;

/** The hooks as the launcher uses them, in a real framework. */
class HooksInFelixTest {

    private static final String CANDIDATES = "(helix.slot=pricing)";

    @TempDir
    Path storage;

    private Framework framework;

    @BeforeEach
    void startFramework() throws BundleException {
        framework = new FrameworkFactory()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString(), "felix.log.level", "0"));
        framework.init();
        new CandidateHooks().register(framework.getBundleContext());
        framework.start();
    }

    @AfterEach
    void stopFramework() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Test
    void shouldShowCandidateToNucleusOnlyWhenLookedUp() throws Exception {
        BundleContext consumer = bundle("consumer");
        BundleContext nucleus = bundle("helix.core");

        register(bundle("module"), Map.of("helix.slot", "pricing"));

        assertThat(count(consumer)).isZero();
        assertThat(count(nucleus)).isEqualTo(1);
        assertThat(count(framework.getBundleContext())).isEqualTo(1);
    }

    @Test
    void shouldShowFacadeToEverybody() throws Exception {
        BundleContext consumer = bundle("consumer");

        register(bundle("helix.core"), Map.of("helix.slot", "pricing", "helix.facade", true));

        assertThat(count(consumer)).isEqualTo(1);
    }

    @Test
    void shouldTellConsumerOfDepartureButNotOfArrival() throws Exception {
        List<Integer> events = new ArrayList<>();
        bundle("consumer").addServiceListener(event -> events.add(event.getType()), CANDIDATES);

        ServiceRegistration<?> candidate = register(bundle("module"), Map.of("helix.slot", "pricing"));
        candidate.setProperties(properties(Map.of("helix.slot", "pricing", "size", 2)));
        candidate.unregister();

        assertThat(events).containsExactly(org.osgi.framework.ServiceEvent.UNREGISTERING);
    }

    @Test
    void shouldWorkTheSameWhenHooksAreThereTwice() throws Exception {
        new HooksActivator().start(bundle("helix.hooks"));
        BundleContext consumer = bundle("consumer");
        BundleContext nucleus = bundle("helix.core");

        register(bundle("module"), Map.of("helix.slot", "pricing"));

        assertThat(count(consumer)).isZero();
        assertThat(count(nucleus)).isEqualTo(1);
    }

    private static int count(BundleContext context) throws InvalidSyntaxException {
        Collection<?> found = context.getServiceReferences(Runnable.class, CANDIDATES);
        return found.size();
    }

    private static ServiceRegistration<?> register(BundleContext owner, Map<String, ?> properties) {
        Runnable service = () -> {};
        return owner.registerService(Runnable.class, service, properties(properties));
    }

    private static Dictionary<String, Object> properties(Map<String, ?> properties) {
        return new Hashtable<>(properties);
    }

    /** An empty bundle of that name, started. */
    private BundleContext bundle(String symbolicName) throws BundleException, IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        headers.putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        new JarOutputStream(content, manifest).close();
        Bundle bundle = framework
                .getBundleContext()
                .installBundle("test:" + symbolicName, new ByteArrayInputStream(content.toByteArray()));
        bundle.start();
        return bundle.getBundleContext();
    }
}

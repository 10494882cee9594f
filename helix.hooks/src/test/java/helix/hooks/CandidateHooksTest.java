package helix.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;

class CandidateHooksTest {

    private static final BundleContext FRAMEWORK = Fakes.contextOf(0, "org.apache.felix.framework");
    private static final BundleContext NUCLEUS = Fakes.contextOf(7, "helix.core");
    private static final BundleContext CONSUMER = Fakes.contextOf(8, "shop.prices");

    private static final ServiceReference<?> CANDIDATE = Fakes.service(Map.of("helix.slot", "pricing"));
    private static final ServiceReference<?> FACADE =
            Fakes.service(Map.of("helix.slot", "pricing", "helix.facade", true));
    private static final ServiceReference<?> ORDINARY = Fakes.service(Map.of("service.id", 1L));

    private final CandidateHooks hooks = new CandidateHooks();

    @Test
    void shouldHideOnlyCandidatesWhenAConsumerLooksServicesUp() {
        assertThat(found(CONSUMER)).containsExactly(FACADE, ORDINARY);
    }

    @Test
    void shouldShowEverythingToNucleusAndFramework() {
        assertThat(found(NUCLEUS)).containsExactly(CANDIDATE, FACADE, ORDINARY);
        assertThat(found(FRAMEWORK)).containsExactly(CANDIDATE, FACADE, ORDINARY);
    }

    @ParameterizedTest
    @ValueSource(ints = {ServiceEvent.REGISTERED, ServiceEvent.MODIFIED})
    void shouldHideArrivalOfCandidateFromConsumers(int type) {
        assertThat(told(type, CANDIDATE)).containsExactlyInAnyOrder(FRAMEWORK, NUCLEUS);
    }

    @ParameterizedTest
    @ValueSource(ints = {ServiceEvent.UNREGISTERING, ServiceEvent.MODIFIED_ENDMATCH})
    void shouldTellEverybodyWhenACandidateLeaves(int type) {
        assertThat(told(type, CANDIDATE)).containsExactlyInAnyOrder(FRAMEWORK, NUCLEUS, CONSUMER);
    }

    @Test
    void shouldTellEverybodyOfFacadesAndOrdinaryServices() {
        assertThat(told(ServiceEvent.REGISTERED, FACADE)).contains(CONSUMER);
        assertThat(told(ServiceEvent.REGISTERED, ORDINARY)).contains(CONSUMER);
    }

    @Test
    void shouldJudgeOtherListenersWhenOneContextIsNoLongerValid() {
        Map<BundleContext, Collection<ListenerInfo>> listeners = listeners(Fakes.invalidContext(), CONSUMER, NUCLEUS);

        hooks.event(new ServiceEvent(ServiceEvent.REGISTERED, CANDIDATE), listeners);

        assertThat(listeners).containsOnlyKeys(NUCLEUS);
        assertThat(hooks.failures()).isEqualTo(1);
    }

    @Test
    void shouldCountAndLetNothingOutWhenTheCollectionRefusesRemoval() {
        hooks.find(CONSUMER, null, null, true, List.of(CANDIDATE));

        assertThat(hooks.failures()).isEqualTo(1);
    }

    private Collection<ServiceReference<?>> found(BundleContext who) {
        Collection<ServiceReference<?>> references = new ArrayList<>(List.of(CANDIDATE, FACADE, ORDINARY));
        hooks.find(who, null, null, true, references);
        return references;
    }

    private Collection<BundleContext> told(int type, ServiceReference<?> reference) {
        Map<BundleContext, Collection<ListenerInfo>> listeners = listeners(FRAMEWORK, NUCLEUS, CONSUMER);
        hooks.event(new ServiceEvent(type, reference), listeners);
        return listeners.keySet();
    }

    private static Map<BundleContext, Collection<ListenerInfo>> listeners(BundleContext... contexts) {
        Map<BundleContext, Collection<ListenerInfo>> listeners = new HashMap<>();
        for (BundleContext context : contexts) {
            listeners.put(context, new ArrayList<>());
        }
        return listeners;
    }
}

package helix.core.slot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotWaitRuleTest {

    @ParameterizedTest
    @CsvSource({
        "org.apache.felix.framework.Felix, updateBundle, true",
        "org.apache.felix.framework.Felix, refreshPackages, true",
        "org.apache.felix.framework.ServiceRegistrationImpl, unregister, true",
        "org.apache.felix.scr.impl.manager.AbstractComponentManager, deactivateInternal, true",
        "org.apache.felix.framework.Felix, getService, false",
        "org.apache.felix.scr.impl.manager.SingleComponentManager, getService, false",
        "com.example.Shop, updateBundle, false"
    })
    void shouldKnowTheFramesOfAThreadThatMakesAnArrivalPossible(String type, String method, boolean work) {
        assertThat(SlotWaitRule.isWork(type, method)).isEqualTo(work);
    }
}

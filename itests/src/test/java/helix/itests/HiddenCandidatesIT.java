package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotNull;
import static org.junit.Assert.assertNull;
import static org.junit.Assert.assertTrue;

import helix.api.scheduler.Scheduler;
import helix.api.slot.CandidateView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.Test;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;

/** Nobody binds past the gate, and a candidate that could not be served says why. */
public class HiddenCandidatesIT extends OnDistribution {

    /** A contract in the candidate's own bundle. */
    public interface Own {}

    @Test
    public void shouldShowConsumersTheFacadeAndNoCandidate() throws Exception {
        Collection<ServiceReference<Scheduler>> seen = context.getServiceReferences(Scheduler.class, null);

        assertEquals(1, seen.size());
        ServiceReference<Scheduler> facade = seen.iterator().next();
        assertEquals(true, facade.getProperty("helix.facade"));
        assertEquals("scheduler", facade.getProperty("helix.slot"));
        assertEquals("helix.core", facade.getBundle().getSymbolicName());
        assertTrue(slots.candidates().size() >= 2);
    }

    @Test
    public void shouldNotTellConsumersOfCandidatesThatArrive() throws Exception {
        List<Integer> told = new CopyOnWriteArrayList<>();
        ServiceListener listener = event -> {
            if (event.getType() == ServiceEvent.REGISTERED) {
                told.add(event.getType());
            }
        };
        context.addServiceListener(listener, "(helix.slot=scheduler)");
        candidates.offer("newcomer", ListScheduler::new);
        context.removeServiceListener(listener);

        assertEquals(List.of(), told);
        assertTrue(swap("newcomer").isSwapped());
    }

    @Test
    public void shouldGiveEachFacadeAnIdentityAndTheContractsMethods() throws Exception {
        Scheduler facade = service(Scheduler.class, "(helix.facade=true)");

        assertTrue(facade.toString(), facade.toString().contains("slot 'scheduler'"));
        assertTrue(facade.equals(facade));
        assertNotNull(facade.getClass().getMethod("stats"));
        assertTrue(facade.stats().switches() >= 0);
    }

    @Test
    public void shouldSayWhatIsWrongWithACandidateAndHowToMendIt() throws Exception {
        candidates.offer("own", Own.class, "selfish", () -> new Own() {}, Map.of());
        candidates.offer("java", Runnable.class, "anonymous", () -> () -> {}, Map.of());

        candidates.offer(
                "scheduler", Scheduler.class, "odd", ListScheduler::new, Map.of("helix.module.version", "new"));

        assertTrue(remarkOf("odd"), remarkOf("odd").contains("'new' is no version such as 1.2.3"));
        assertTrue(remarkOf("selfish"), remarkOf("selfish").contains("move it into a bundle of its own"));
        assertTrue(remarkOf("anonymous"), remarkOf("anonymous").contains("helix.slot.contract"));
        assertNull(context.getServiceReference(Own.class.getName()));
    }

    private String remarkOf(String module) {
        return slots.candidates().stream()
                .filter(candidate -> candidate.module().id().name().value().equals(module))
                .map(CandidateView::remark)
                .findFirst()
                .orElseThrow();
    }
}

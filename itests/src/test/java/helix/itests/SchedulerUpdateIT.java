package helix.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import helix.api.scheduler.Scheduler;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.FrameworkWiring;

/** Updating the bundle of the scheduler that serves: nobody else is restarted or re-bound, and no task is lost. */
public class SchedulerUpdateIT extends OnDistribution {

    @Test
    public void shouldRestartNoOtherBundleAndRebindNoConsumerWhenTheServingSchedulerIsUpdated() throws Exception {
        ServiceReference<Scheduler> facade = context.getServiceReferences(Scheduler.class, "(helix.facade=true)")
                .iterator()
                .next();
        Scheduler bound = context.getService(facade);
        List<String> stopped = new CopyOnWriteArrayList<>();
        SynchronousBundleListener listener = event -> {
            if (event.getType() == BundleEvent.STOPPED) {
                stopped.add(event.getBundle().getSymbolicName());
            }
        };
        context.addBundleListener(listener);
        Bundle serving = bundle("helix.scheduler.roundrobin");

        serving.update();
        refresh(serving);
        awaitOccupant("roundrobin@");

        context.removeBundleListener(listener);
        assertEquals(
                List.of("helix.scheduler.roundrobin"),
                stopped.stream().distinct().toList());
        assertSame(bound, context.getService(facade));
        assertTrue(bound.stats().switches() >= 0);
        SwapReport departure = hotSwap.history().stream()
                .filter(report -> report.kind() == SwapKind.DEPARTURE)
                .findFirst()
                .orElseThrow();
        assertEquals("service event", departure.requester());
    }

    @Test
    public void shouldLoseNoTaskWhenTheServingSchedulerIsUpdatedUnderLoad() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        int submitted = 0;
        for (int update = 0; update < 3; update++) {
            Bundle serving = bundle("helix.scheduler.roundrobin");
            Thread updater = new Thread(() -> {
                try {
                    serving.update();
                } catch (org.osgi.framework.BundleException e) {
                    throw new IllegalStateException(e);
                }
            });
            updater.start();
            while (updater.isAlive()) {
                executor.execute(ran::incrementAndGet);
                submitted++;
                if (submitted - ran.get() > 10_000) {
                    Thread.yield();
                }
            }
            awaitOccupant("roundrobin@");
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (ran.get() < submitted && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(threads.machine().toString(), submitted, ran.get());
    }

    @Test
    public void shouldTakeAnotherSchedulerWhenTheServingOneIsStopped() throws Exception {
        Bundle serving = bundle("helix.scheduler.roundrobin");
        serving.stop();
        try {
            awaitOccupant("priority@");
            assertEquals("ran", executor.submit(() -> "ran").get(PATIENCE_S, TimeUnit.SECONDS));
        } finally {
            serving.start();
        }
    }

    private Bundle bundle(String name) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getSymbolicName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void refresh(Bundle bundle) throws Exception {
        java.util.concurrent.CountDownLatch refreshed = new java.util.concurrent.CountDownLatch(1);
        context.getBundle(0)
                .adapt(FrameworkWiring.class)
                .refreshBundles(List.of(bundle), event -> refreshed.countDown());
        assertTrue(refreshed.await(PATIENCE_S, TimeUnit.SECONDS));
    }

    private void awaitOccupant(String prefix) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!occupant().startsWith(prefix)) {
            assertTrue("occupant is " + occupant() + ": " + slots.list(), System.nanoTime() < deadline);
            Thread.onSpinWait();
        }
    }
}

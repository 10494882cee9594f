package helix.tck;

import static helix.tck.SchedulerFactory.only;
import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Several CPUs: affinity, and CPUs that come and go. */
public interface SchedulerCpus extends SchedulerFactory {

    @Test
    default void shouldKeepEveryCpuBusyWhileThreadsAreReady() {
        FakeKernel kernel = kernel(4);
        kernel.addThreads(4);
        Set<FakeThread> picked = new HashSet<>();

        for (int cpu = 0; cpu < 4; cpu++) {
            picked.add(kernel.pick(cpu));
        }

        assertThat(picked).hasSize(4).doesNotContainNull();
    }

    @Test
    default void shouldLetOneCpuRunWhatWasQueuedForOthers() {
        FakeKernel kernel = kernel(4);
        List<FakeThread> threads = kernel.addThreads(16);

        assertThat(kernel.drain(3)).containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    default void shouldPickAThreadOnlyWhereItMayRun() {
        FakeKernel kernel = kernel(3);
        FakeThread pinned = kernel.add(kernel.thread().withAffinity(only(1)));
        FakeThread pair = kernel.add(kernel.thread().withAffinity(CpuSet.of(new CpuId(1), new CpuId(2))));

        assertThat(kernel.pick(0)).isNull();
        assertThat(kernel.pick(2)).isSameAs(pair);
        assertThat(kernel.pick(1)).isSameAs(pinned);
    }

    @Test
    default void shouldNotHoldUpOthersBehindAThreadPinnedElsewhere() {
        FakeKernel kernel = kernel(2);
        for (int i = 0; i < 5; i++) {
            kernel.add(kernel.thread().withAffinity(only(1)));
        }
        List<FakeThread> free = kernel.addThreads(3);

        assertThat(kernel.drain(0)).containsExactlyInAnyOrderElementsOf(free);
        assertThat(kernel.drain(1)).hasSize(5);
    }

    @Test
    default void shouldNotAskForPreemptionInFavourOfAThreadPinnedElsewhere() {
        FakeKernel kernel = kernel(2);
        kernel.add(kernel.thread().withAffinity(only(0)));
        kernel.pick(0);
        kernel.add(kernel.thread().withAffinity(only(1)));
        kernel.advanceMs(1_000);

        assertThat(kernel.tick(0)).isFalse();
    }

    @Test
    default void shouldReadAChangedAffinityAtTheNextTurn() {
        FakeKernel kernel = kernel(2);
        FakeThread thread = kernel.add(kernel.thread().withAffinity(only(0)));
        thread.withAffinity(only(1));

        assertThat(kernel.pick(0)).isNull();
        assertThat(kernel.pick(1)).isSameAs(thread);
    }

    @Test
    default void shouldMoveThreadsAwayFromACpuThatGoesOffline() {
        FakeKernel kernel = kernel(2);
        List<FakeThread> threads = kernel.addThreads(10);

        kernel.offline(1);

        assertThat(kernel.pick(1)).as("pick of the CPU that is offline").isNull();
        assertThat(kernel.drain(0)).containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    default void shouldKeepAThreadThatMayRunNowhereUntilItsCpuIsOnlineAgain() {
        FakeKernel kernel = kernel(2);
        FakeThread pinned = kernel.add(kernel.thread().withAffinity(only(1)));
        kernel.offline(1);
        FakeThread late = kernel.add(kernel.thread().withAffinity(only(1)));
        assertThat(kernel.pick(0)).isNull();
        assertThat(kernel.scheduler().stats().ready()).isEqualTo(2);

        kernel.online(1);

        assertThat(kernel.drain(1)).containsExactly(pinned, late);
    }

    @Test
    default void shouldLoseNoThreadWhoseCpuGoesOfflineWhileItIsBeingAdded() {
        FakeKernel kernel = kernel(2);
        FakeThread first = kernel.add(kernel.thread().withAffinity(only(0)));
        FakeThread thread = kernel.thread();
        AtomicBoolean offline = new AtomicBoolean();
        thread.whenAskedForAffinity(() -> {
            kernel.offline(1);
            offline.set(true);
        });

        kernel.add(thread);
        // A policy that does not ask while it adds has nothing to get wrong here.
        if (!offline.get()) {
            kernel.offline(1);
        }

        assertThat(kernel.drain(0)).containsExactly(first, thread);
    }

    @Test
    default void shouldLoseNoThreadWhoseCpuComesOnlineWhileItIsBeingAdded() {
        FakeKernel kernel = kernel(1);
        FakeThread thread = kernel.thread().withAffinity(only(1));
        AtomicBoolean online = new AtomicBoolean();
        thread.whenAskedForAffinity(() -> {
            kernel.online(1);
            online.set(true);
        });

        kernel.add(thread);
        if (!online.get()) {
            kernel.online(1);
        }

        assertThat(kernel.pick(1)).isSameAs(thread);
    }

    @Test
    default void shouldRequeueElsewhereTheThreadThatLeavesACpuGoneOffline() {
        FakeKernel kernel = kernel(2);
        FakeThread thread = kernel.add(kernel.thread());
        kernel.pick(1);
        kernel.offline(1);

        kernel.giveUp(1, SwitchReason.PREEMPTION);

        assertThat(kernel.pick(0)).isSameAs(thread);
    }

    @Test
    default void shouldNotMindCpusSetOnlineOrOfflineTwice() {
        FakeKernel kernel = kernel(2);
        List<FakeThread> threads = kernel.addThreads(4);

        kernel.online(0);
        kernel.offline(1);
        kernel.offline(1);
        kernel.online(1);
        kernel.online(1);

        List<ThreadRef> drained = new ArrayList<>(kernel.drain(1));
        drained.addAll(kernel.drain(0));
        assertThat(drained).containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    default void shouldTakeInThreadsBeforeAnyCpuIsOnline() {
        FakeKernel kernel = kernel(0);
        List<FakeThread> threads = kernel.addThreads(3);
        assertThat(kernel.scheduler().stats().ready()).isEqualTo(3);

        kernel.online(0);

        assertThat(kernel.drain(0)).containsExactlyElementsOf(threads);
    }

    @Test
    default void shouldStarveNobodyOnSeveralCpus() {
        FakeKernel kernel = kernel(3);
        List<FakeThread> threads = kernel.addThreads(11);
        for (int cpu = 0; cpu < 3; cpu++) {
            kernel.pick(cpu);
        }

        for (int ms = 0; ms < 2_000; ms++) {
            kernel.advanceMs(1);
            for (int cpu = 0; cpu < 3; cpu++) {
                if (kernel.tick(cpu)) {
                    kernel.giveUp(cpu, SwitchReason.PREEMPTION);
                    kernel.pick(cpu);
                }
            }
        }

        assertThat(threads).allMatch(thread -> thread.ranNs() > 0);
    }
}

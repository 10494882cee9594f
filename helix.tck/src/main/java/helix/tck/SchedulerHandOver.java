package helix.tck;

import static helix.tck.SchedulerFactory.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuId;
import helix.api.module.HotReloadable;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import helix.api.scheduler.SchedulerState.Current;
import helix.api.scheduler.SchedulerState.Queue;
import helix.api.scheduler.SchedulerStats;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** State that one scheduler gives to the next. */
public interface SchedulerHandOver extends SchedulerFactory {

    @Test
    default void shouldCarryAThousandThreadsInOrder() throws Exception {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(1_000);

        kernel.swapTo(create());
        kernel.online(0);

        assertThat(kernel.scheduler().stats().ready()).isEqualTo(1_000);
        assertThat(kernel.drain(0)).containsExactlyElementsOf(threads);
    }

    @Test
    default void shouldCountCarriedThreadsAsReadyBeforeAnyCpuIsOnline() throws Exception {
        FakeKernel kernel = kernel(2);
        kernel.addThreads(7);

        kernel.swapTo(create());

        assertThat(kernel.scheduler().stats().ready()).isEqualTo(7);
    }

    @Test
    default void shouldCarryWhoRunsWhereAndUntilWhen() throws Exception {
        FakeKernel kernel = kernel(2);
        kernel.addThreads(4);
        FakeThread onZero = kernel.pick(0);
        kernel.advanceMs(2);
        FakeThread onOne = kernel.pick(1);
        long quantumNs = kernel.lastDecision().quantumNs();
        long startNs = kernel.nowNs();

        kernel.swapTo(create());
        kernel.online(0);
        kernel.online(1);

        assertThat(kernel.scheduler().stats().running()).isEqualTo(2);
        kernel.advanceNs(quantumNs - 1);
        assertThat(kernel.tick(1)).as("before the quantum ends").isFalse();
        kernel.advanceNs(1);
        assertThat(kernel.tick(1)).as("when the quantum ends").isTrue();
        SchedulerState state = export(kernel.scheduler());
        assertThat(state.current())
                .containsExactlyInAnyOrder(
                        new Current(new CpuId(0), onZero, startNs - 2_000_000, startNs - 2_000_000 + quantumNs),
                        new Current(new CpuId(1), onOne, startNs, startNs + quantumNs));
    }

    @Test
    default void shouldCarryTheCountersAndGoOnFromThem() throws Exception {
        FakeKernel kernel = kernel(1);
        kernel.addThreads(3);
        kernel.pick(0);
        kernel.rotate(0);
        kernel.giveUp(0, SwitchReason.PREEMPTION);
        kernel.pick(0);
        kernel.block(0);
        SchedulerStats before = kernel.scheduler().stats();

        kernel.swapTo(create());
        kernel.online(0);

        assertThat(kernel.scheduler().stats()).isEqualTo(before);
        kernel.pick(0);
        assertThat(kernel.scheduler().stats().switches()).isEqualTo(before.switches() + 1);
    }

    @Test
    default void shouldServeOnWithEverythingWhenResumedAfterTheExport() throws Exception {
        FakeKernel kernel = kernel(2);
        List<FakeThread> threads = kernel.addThreads(10);
        FakeThread running = kernel.pick(0);
        SchedulerStats before = kernel.scheduler().stats();
        HotReloadable module = (HotReloadable) kernel.scheduler();
        module.prepareUnload();
        module.exportState();
        assertThat(kernel.scheduler().stats().ready())
                .as("left after the export")
                .isZero();

        module.resume();

        assertThat(kernel.scheduler().stats()).isEqualTo(before);
        List<ThreadRef> left = kernel.drain(1);
        assertThat(left).hasSize(9).doesNotContain(running).isSubsetOf(threads);
    }

    @Test
    default void shouldServeOnWhenResumedAfterASuccessorTookTheStateAndWasThrownAway() throws Exception {
        FakeKernel kernel = kernel(2);
        List<FakeThread> threads = kernel.addThreads(10);
        HotReloadable module = (HotReloadable) kernel.scheduler();
        Scheduler successor = create();
        ((HotReloadable) successor).importState(module.exportState());
        successor.cpuOnline(new CpuId(0));
        successor.cpuOffline(new CpuId(1));

        module.resume();

        List<ThreadRef> drained = new ArrayList<>(kernel.drain(0));
        drained.addAll(kernel.drain(1));
        assertThat(drained).containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    default void shouldGoOnWhenResumedWithoutAnExport() throws Exception {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(2);
        HotReloadable module = (HotReloadable) kernel.scheduler();

        module.prepareUnload();
        module.resume();

        assertThat(kernel.drain(0)).containsExactlyElementsOf(threads);
    }

    @Test
    default void shouldReplaceWhatItHeldByWhatItImports() throws Exception {
        FakeKernel old = kernel(1);
        List<FakeThread> threads = old.addThreads(3);
        FakeKernel other = kernel(1);
        other.addThreads(5);
        other.pick(0);

        ((HotReloadable) other.scheduler()).importState(export(old.scheduler()));

        assertThat(other.scheduler().stats().running()).isZero();
        assertThat(other.drain(0)).containsExactlyElementsOf(threads);
    }

    @Test
    default void shouldSpreadTheThreadsWhenThereAreFewerCpus() throws Exception {
        FakeKernel kernel = kernel(4);
        List<FakeThread> threads = kernel.addThreads(40);

        kernel.swapTo(create());
        kernel.online(0);
        kernel.online(1);

        assertThat(kernel.pick(1)).isNotNull();
        List<ThreadRef> drained = new ArrayList<>(List.of(kernel.block(1)));
        drained.addAll(kernel.drain(0));
        assertThat(drained).containsExactlyInAnyOrderElementsOf(threads);
    }

    @Test
    default void shouldTakeQueuesOfAnyShapeInTheOrderOfReadiness() throws Exception {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(6);
        threads.forEach(kernel.scheduler()::remove);
        Queue odd = new Queue(null, 7, queueOf(threads.get(1), threads.get(3), threads.get(5)));
        Queue even = new Queue(new CpuId(9), 3, queueOf(threads.get(0), threads.get(2), threads.get(4)));

        ((HotReloadable) kernel.scheduler()).importState(state(List.of(odd, even), List.of()));

        assertThat(kernel.drain(0)).containsExactlyElementsOf(threads);
    }

    @Test
    default void shouldLeaveOutThreadsThatHaveEnded() throws Exception {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(4);
        SchedulerState state = export(kernel.scheduler());
        threads.get(0).dies();
        threads.get(2).dies();

        ((HotReloadable) kernel.scheduler()).importState(state);

        assertThat(kernel.scheduler().stats().ready()).isEqualTo(2);
        assertThat(kernel.drain(0)).containsExactly(threads.get(1), threads.get(3));
    }

    @Test
    default void shouldRefuseAStateOfAnotherType() {
        refuses("no state at all", "java.lang.String");
    }

    @Test
    default void shouldRefuseNullsInsideTheState() {
        refuses(state(null, List.of()), "queues");
        refuses(state(Arrays.asList((Queue) null), List.of()), "queue 0");
        refuses(state(List.of(new Queue(null, -1, null)), List.of()), "queue 0");
        refuses(state(List.of(), Arrays.asList((Current) null)), "null");
        refuses(state(List.of(), List.of(new Current(new CpuId(3), null, 0, 0))), "CPU 3");
        refuses(state(List.of(), List.of(new Current(null, new FakeThread(1), 0, 0))), "no CPU");
        refuses(new SchedulerState(List.of(), List.of(), null), "counters");
    }

    @Test
    default void shouldRefuseAThreadInTwoPlaces() {
        FakeThread twice = new FakeThread(77);
        Queue queue = new Queue(null, -1, queueOf(twice));

        refuses(state(List.of(new Queue(null, -1, queueOf(twice, twice))), List.of()), "77");
        refuses(state(List.of(queue, new Queue(new CpuId(0), -1, queueOf(twice))), List.of()), "77");
        refuses(state(List.of(queue), List.of(new Current(new CpuId(0), twice, 0, 0))), "77");
    }

    @Test
    default void shouldRefuseLevelsAndCpusThatMakeNoSense() {
        refuses(state(List.of(new Queue(null, 141, queueOf())), List.of()), "141");
        refuses(
                state(
                        List.of(),
                        List.of(
                                new Current(new CpuId(5), new FakeThread(1), 0, 0),
                                new Current(new CpuId(5), new FakeThread(2), 0, 0))),
                "CPU 5");
    }

    @Test
    default void shouldCarryAffinity() throws Exception {
        FakeKernel kernel = kernel(2);
        FakeThread pinned = kernel.add(kernel.thread().withAffinity(only(1)));

        kernel.swapTo(create());
        kernel.online(0);
        kernel.online(1);

        assertThat(kernel.pick(0)).isNull();
        assertThat(kernel.pick(1)).isSameAs(pinned);
    }

    /** Imports {@code state}, and makes sure that this fails for the reason given and changes nothing. */
    private void refuses(Object state, String reason) {
        FakeKernel kernel = kernel(1);
        List<FakeThread> threads = kernel.addThreads(3);
        HotReloadable module = (HotReloadable) kernel.scheduler();
        SchedulerStats before = kernel.scheduler().stats();

        assertThatThrownBy(() -> module.importState(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);

        assertThat(kernel.scheduler().stats()).isEqualTo(before);
        assertThat(kernel.drain(0)).containsExactlyElementsOf(threads);
    }

    private static SchedulerState export(Scheduler scheduler) throws Exception {
        return (SchedulerState) ((HotReloadable) scheduler).exportState();
    }

    private static SchedulerState state(List<Queue> queues, List<Current> current) {
        return new SchedulerState(queues, current, new SchedulerStats(0, 0, 0, 0, 0, 0, 0));
    }

    private static ArrayDeque<ThreadRef> queueOf(FakeThread... threads) {
        return new ArrayDeque<>(List.of(threads));
    }
}

package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.thread.KernelThread;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CpusTest {

    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);

    private final QueueScheduler scheduler = QueueScheduler.fifo();
    private final TestMachine two = new TestMachine(2, scheduler);

    @AfterEach
    void close() {
        two.close();
    }

    private boolean isOnline(CpuId cpu) {
        return two.cpus.list().get(cpu.number()).online();
    }

    @Test
    void shouldTakeAnIdleCpuOfflineAtOnce() {
        two.cpus.offline(CPU1);
        assertThat(isOnline(CPU1)).isFalse();
        assertThat(scheduler.online()).containsExactly(CPU0);
        two.cpus.offline(CPU1);
        two.cpus.online(CPU1);
        assertThat(isOnline(CPU1)).isTrue();
        assertThat(scheduler.online()).containsExactly(CPU0, CPU1);
    }

    @Test
    void shouldRefuseToTakeTheLastCpuOffline() {
        two.cpus.offline(CPU0);
        assertThatThrownBy(() -> two.cpus.offline(CPU1))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_STATE))
                .hasMessage("CPU 1 is the last one online and stays");
        assertThat(isOnline(CPU1)).isTrue();
    }

    @Test
    void shouldNameTheCpusThereAreWhenOneIsUnknown() {
        assertThatThrownBy(() -> two.cpus.offline(new CpuId(7)))
                .isInstanceOfSatisfying(
                        KernelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessage("no CPU 7, have 0,1");
    }

    @Test
    void shouldMoveTheThreadOfALeavingCpuAtItsNextKernelEntry() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        two.cpus.offline(CPU0);
        KernelThread<CpuId> thread = two.threads.spawn(ThreadOptions.DEFAULT, () -> {
            running.countDown();
            while (!go.get()) {
                Thread.onSpinWait();
            }
            two.threads.checkpoint();
            return ((Carrier) Thread.currentThread()).cpu().id();
        });
        TestMachine.await(running);
        two.cpus.online(CPU0);
        two.cpus.offline(CPU1);
        assertThat(two.view(thread.id()).cpu()).contains(CPU1);
        go.set(true);
        assertThat(thread.join(TestMachine.LIMIT)).contains(CPU0);
        TestMachine.awaitThat(() -> !isOnline(CPU1), "CPU 1 is offline");
        assertThat(scheduler.online()).containsExactly(CPU0);
    }

    @Test
    void shouldTakeALeavingCpuFromAThreadThatNeverEntersTheKernelWhileOthersAreReady() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(2);
        for (CpuId cpu : new CpuId[] {CPU0, CPU1}) {
            two.threads.spawn(ThreadOptions.DEFAULT.withAffinity(CpuSet.of(cpu)), () -> {
                running.countDown();
                while (!go.get()) {
                    Thread.onSpinWait();
                }
                return null;
            });
        }
        TestMachine.await(running);
        two.cpus.offline(CPU1);
        two.threads.spawn(ThreadOptions.DEFAULT, () -> null);
        TestMachine.awaitThat(
                () -> {
                    two.tick(Duration.ofSeconds(1));
                    return !isOnline(CPU1);
                },
                "CPU 1 is offline");
        assertThat(two.threads.machine().compensated()).isEqualTo(1);
        go.set(true);
    }

    @Test
    void shouldKeepALeavingCpuThatIsCalledBackInTime() throws Exception {
        AtomicBoolean go = new AtomicBoolean();
        CountDownLatch running = new CountDownLatch(1);
        KernelThread<String> thread = two.threads.spawn(ThreadOptions.DEFAULT.withAffinity(CpuSet.of(CPU1)), () -> {
            running.countDown();
            while (!go.get()) {
                Thread.onSpinWait();
            }
            two.threads.checkpoint();
            return "went on";
        });
        TestMachine.await(running);
        two.cpus.offline(CPU1);
        two.cpus.online(CPU1);
        go.set(true);
        assertThat(thread.join(TestMachine.LIMIT)).contains("went on");
        assertThat(isOnline(CPU1)).isTrue();
    }

    @Test
    void shouldLetAThreadWaitUntilTheOnlyCpuItMayUseIsBack() throws Exception {
        two.cpus.offline(CPU1);
        KernelThread<CpuId> thread = two.threads.spawn(
                ThreadOptions.DEFAULT.withAffinity(CpuSet.of(CPU1)),
                () -> ((Carrier) Thread.currentThread()).cpu().id());
        two.tick();
        assertThat(thread.state()).isEqualTo(ThreadState.READY);
        two.cpus.online(CPU1);
        assertThat(thread.join(TestMachine.LIMIT)).contains(CPU1);
    }

    @Test
    void shouldRunAThreadOnlyWhereItsAffinityAllows() throws Exception {
        for (int i = 0; i < 100; i++) {
            CpuId wanted = new CpuId(i % 2);
            KernelThread<CpuId> thread = two.threads.spawn(
                    ThreadOptions.DEFAULT.withAffinity(CpuSet.of(wanted)),
                    () -> ((Carrier) Thread.currentThread()).cpu().id());
            assertThat(thread.join(TestMachine.LIMIT)).contains(wanted);
        }
    }

    @Test
    void shouldTellASuccessorWhichCpusAreOnline() {
        two.cpus.offline(CPU0);
        QueueScheduler fresh = QueueScheduler.fifo();
        two.slot.refill(fresh);
        assertThat(fresh.online()).containsExactly(CPU1);
        QueueScheduler carried = QueueScheduler.fifo();
        carried.cpuOnline(CPU0);
        two.slot.carry(fresh, carried);
        assertThat(carried.online()).containsExactly(CPU1);
    }
}

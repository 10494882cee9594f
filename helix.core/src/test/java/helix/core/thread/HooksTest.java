package helix.core.thread;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.thread.BlockReason;
import helix.api.thread.KernelThread;
import helix.api.thread.SwitchHook;
import helix.api.thread.SwitchReason;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadOptions;
import helix.api.thread.ThreadState;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HooksTest {

    private final TestMachine one = new TestMachine(1, QueueScheduler.fifo());
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        one.close();
    }

    private SwitchHook recorder(String name) {
        return new SwitchHook() {
            @Override
            public void beforeSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
                log.add(name + "before " + from + "->" + to + " " + reason);
            }

            @Override
            public void afterSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
                log.add(name + "after " + from + "->" + to + " " + reason);
            }
        };
    }

    @Test
    void shouldTellOfEverySwitchWithItsReason() throws Exception {
        SwitchHook hook = new SwitchHook() {
            @Override
            public void afterSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
                log.add(from + "->" + to + " " + reason);
            }
        };
        one.machine.hooks().add(hook, 0);
        CountDownLatch go = new CountDownLatch(1);
        KernelThread<Void> a = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            TestMachine.await(go);
            one.threads.yield();
            one.threads.block(BlockReason.SIGNAL);
            return null;
        });
        KernelThread<Void> b = one.threads.spawn(ThreadOptions.DEFAULT, () -> null);
        go.countDown();
        b.join(TestMachine.LIMIT);
        one.awaitState(a.id(), ThreadState.BLOCKED);
        one.awaitIdle();
        one.threads.wake(a.id());
        a.join(TestMachine.LIMIT);
        one.awaitIdle();
        assertThat(log)
                .containsExactly(
                        "null->1 NEW_THREAD",
                        "1->2 YIELD",
                        "2->1 EXIT",
                        "1->null BLOCKED",
                        "null->1 NEW_THREAD",
                        "1->null EXIT");
    }

    @Test
    void shouldSayThatATickTookTheCpu() throws Exception {
        one.machine.hooks().add(recorder(""), 0);
        CountDownLatch other = new CountDownLatch(1);
        KernelThread<Void> waiting = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            TestMachine.await(other);
            return null;
        });
        one.executor().execute(other::countDown);
        one.tickUntil(() -> other.getCount() == 0, "the other ran");
        waiting.join(TestMachine.LIMIT);
        assertThat(log).contains("before 1->2 INTERRUPT", "after 1->2 INTERRUPT");
    }

    @Test
    void shouldCallHooksInOrderOfRanking() throws Exception {
        one.machine.hooks().add(recorder("low "), -5);
        one.machine.hooks().add(recorder("high "), 10);
        one.machine.hooks().add(recorder("middle "), 0);
        one.threads.spawn(ThreadOptions.DEFAULT, () -> null).join(TestMachine.LIMIT);
        one.awaitIdle();
        assertThat(log.subList(0, 6))
                .containsExactly(
                        "high before null->1 NEW_THREAD",
                        "middle before null->1 NEW_THREAD",
                        "low before null->1 NEW_THREAD",
                        "high after null->1 NEW_THREAD",
                        "middle after null->1 NEW_THREAD",
                        "low after null->1 NEW_THREAD");
    }

    @Test
    void shouldGoOnWhenAHookThrows() throws Exception {
        SwitchHook broken = new SwitchHook() {
            @Override
            public void beforeSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
                throw new IllegalStateException("broken hook");
            }
        };
        one.machine.hooks().add(broken, 1);
        one.machine.hooks().add(recorder(""), 0);
        assertThat(one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran").join(TestMachine.LIMIT))
                .contains("ran");
        one.awaitIdle();
        assertThat(one.machine.counters().hookFaults.sum()).isEqualTo(2);
        assertThat(log).hasSize(4);
        one.machine.hooks().remove(broken);
        one.threads.spawn(ThreadOptions.DEFAULT, () -> "ran").join(TestMachine.LIMIT);
        assertThat(one.machine.counters().hookFaults.sum()).isEqualTo(2);
    }

    @Test
    void shouldLetAHookCallTheKernel() throws Exception {
        one.machine
                .hooks()
                .add(
                        new SwitchHook() {
                            @Override
                            public void afterSwitch(CpuId cpu, ThreadId from, ThreadId to, SwitchReason reason) {
                                one.threads.checkpoint();
                                one.threads.yield();
                                log.add(one.threads.list().size() + " threads");
                            }
                        },
                        0);
        KernelThread<String> thread = one.threads.spawn(ThreadOptions.DEFAULT, () -> {
            one.threads.yield();
            return "ran";
        });
        assertThat(thread.join(TestMachine.LIMIT)).contains("ran");
        assertThat(log).isNotEmpty();
    }
}

package helix.tck;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.SwitchReason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Calls a scheduler at random and compares it after each call with a model: the set of ready threads, the set of
 * waiting ones, and who runs where. Affinities, priorities and policies are random; CPUs come and go; now and then the
 * scheduler is swapped for a fresh one.
 */
final class RandomCalls {

    private static final int CPUS = 4;
    private static final SchedulingPolicy[] POLICIES = {
        SchedulingPolicy.NORMAL,
        SchedulingPolicy.NORMAL,
        SchedulingPolicy.NORMAL,
        SchedulingPolicy.BATCH,
        SchedulingPolicy.FIFO,
        SchedulingPolicy.ROUND_ROBIN,
        SchedulingPolicy.IDLE
    };

    private final SchedulerFactory factory;
    private final FakeKernel kernel;
    private final Random random;
    private final List<FakeThread> ready = new ArrayList<>();
    private final List<FakeThread> waiting = new ArrayList<>();
    private final boolean[] online = new boolean[CPUS];

    RandomCalls(SchedulerFactory factory, long seed) {
        this.factory = factory;
        this.kernel = factory.kernel(CPUS);
        this.random = new Random(seed);
        Arrays.fill(online, true);
    }

    void step() throws Exception {
        int cpu = random.nextInt(CPUS);
        kernel.advanceNs(random.nextInt(3_000_000));
        switch (random.nextInt(16)) {
            case 0, 1, 2 -> add();
            case 3, 4, 5, 6 -> pick(cpu);
            case 7, 8 -> giveUp(cpu);
            case 9 -> block(cpu);
            case 10 -> wake();
            case 11, 12 -> kernel.tick(cpu);
            case 13 -> removeReady();
            case 14 -> removeCurrent(cpu);
            default -> rarely(cpu);
        }
        assertThat(kernel.scheduler().stats().ready()).as("ready").isEqualTo(ready.size());
        assertThat(kernel.scheduler().stats().running()).as("running").isEqualTo(running());
    }

    private void rarely(int cpu) throws Exception {
        switch (random.nextInt(5)) {
            case 0, 1 -> setOnline(cpu, !online[cpu]);
            case 2 -> swap();
            default -> changeAffinity();
        }
    }

    private void add() {
        if (ready.size() < 60) {
            FakeThread thread = kernel.thread()
                    .withPriority(random.nextInt(140))
                    .withPolicy(POLICIES[random.nextInt(POLICIES.length)])
                    .withAffinity(randomAffinity());
            ready.add(kernel.add(thread));
        }
    }

    private CpuSet randomAffinity() {
        return random.nextInt(3) == 0 ? new CpuSet(1 + random.nextInt((1 << CPUS) - 1)) : CpuSet.ALL;
    }

    private void pick(int cpu) {
        if (kernel.current(cpu) != null) {
            return;
        }
        FakeThread picked = kernel.pick(cpu);
        if (picked == null) {
            assertThat(ready)
                    .as("threads that CPU %d, online %s, does not pick", cpu, online[cpu])
                    .noneMatch(thread -> mayRun(thread, cpu));
        } else {
            assertThat(ready.remove(picked)).as("%s was ready", picked).isTrue();
            assertThat(mayRun(picked, cpu)).as("%s on CPU %d", picked, cpu).isTrue();
        }
    }

    private boolean mayRun(FakeThread thread, int cpu) {
        return online[cpu] && thread.affinity().contains(new CpuId(cpu));
    }

    private void giveUp(int cpu) {
        FakeThread thread = kernel.current(cpu);
        if (thread != null) {
            kernel.giveUp(cpu, random.nextBoolean() ? SwitchReason.YIELD : SwitchReason.PREEMPTION);
            ready.add(thread);
        }
    }

    private void block(int cpu) {
        if (kernel.current(cpu) != null) {
            waiting.add(kernel.block(cpu));
        }
    }

    private void wake() {
        if (!waiting.isEmpty()) {
            FakeThread thread = waiting.remove(random.nextInt(waiting.size()));
            kernel.wake(thread);
            ready.add(thread);
        }
    }

    private void removeReady() {
        if (!ready.isEmpty()) {
            FakeThread thread = ready.remove(random.nextInt(ready.size()));
            assertThat(kernel.scheduler().remove(thread))
                    .as("%s was queued", thread)
                    .isTrue();
        }
    }

    private void removeCurrent(int cpu) {
        if (kernel.current(cpu) != null) {
            FakeThread thread = kernel.endCurrent(cpu);
            assertThat(kernel.scheduler().remove(thread))
                    .as("%s was queued", thread)
                    .isFalse();
        }
    }

    private void setOnline(int cpu, boolean wanted) {
        online[cpu] = wanted;
        if (wanted) {
            kernel.online(cpu);
        } else {
            kernel.offline(cpu);
        }
    }

    private void swap() throws Exception {
        kernel.swapTo(factory.create());
        for (int cpu = 0; cpu < CPUS; cpu++) {
            if (online[cpu]) {
                kernel.online(cpu);
            }
        }
    }

    private void changeAffinity() {
        if (!ready.isEmpty()) {
            ready.get(random.nextInt(ready.size())).withAffinity(CpuSet.ALL);
        }
    }

    private long running() {
        long running = 0;
        for (int cpu = 0; cpu < CPUS; cpu++) {
            running += kernel.current(cpu) == null ? 0 : 1;
        }
        return running;
    }

    /** Takes everything out, and makes sure that it is what the model holds. */
    void finish() {
        Set<FakeThread> left = new HashSet<>(ready);
        for (int cpu = 0; cpu < CPUS; cpu++) {
            setOnline(cpu, true);
        }
        for (int cpu = 0; cpu < CPUS; cpu++) {
            block(cpu);
            kernel.drain(cpu)
                    .forEach(thread -> assertThat(left.remove(thread))
                            .as("%s was ready once", thread)
                            .isTrue());
        }
        assertThat(left).as("threads lost").isEmpty();
        assertThat(kernel.scheduler().stats().ready()).isZero();
    }
}

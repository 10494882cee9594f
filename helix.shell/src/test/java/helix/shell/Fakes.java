package helix.shell;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleCategory;
import helix.api.module.ModuleId;
import helix.api.module.ModuleInfo;
import helix.api.module.ModuleName;
import helix.api.module.ModuleVersion;
import helix.api.slot.CandidateView;
import helix.api.slot.HotSwap;
import helix.api.slot.SlotId;
import helix.api.slot.SlotName;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotView;
import helix.api.slot.Slots;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapOutcome;
import helix.api.slot.SwapPhase;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.api.thread.BlockReason;
import helix.api.thread.CpuView;
import helix.api.thread.Cpus;
import helix.api.thread.MachineView;
import helix.api.thread.Priority;
import helix.api.thread.SchedulingPolicy;
import helix.api.thread.ThreadId;
import helix.api.thread.ThreadState;
import helix.api.thread.ThreadView;
import helix.api.thread.Threads;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A kernel that answers from memory. */
public final class Fakes {

    public static final ModuleId ROUND_ROBIN = id("roundrobin");
    public static final ModuleId PRIORITY = id("priority");
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private Fakes() {}

    private static ModuleId id(String name) {
        return new ModuleId(new ModuleName(name), new ModuleVersion(1, 0, 0));
    }

    public static SlotView slot(String remark) {
        return new SlotView(
                new SlotId(7),
                new SlotName("scheduler"),
                ModuleCategory.SCHEDULER,
                Optional.of("helix.api.scheduler.Scheduler"),
                SlotStatus.ACTIVE,
                Optional.of(ROUND_ROBIN),
                List.of(ROUND_ROBIN, PRIORITY),
                3,
                Optional.of(NOW),
                99,
                2,
                Optional.empty(),
                remark);
    }

    public static CandidateView candidate() {
        ModuleInfo info = new ModuleInfo(
                PRIORITY,
                List.of("prio"),
                ModuleCategory.SCHEDULER,
                Optional.of("helix.scheduler/1"),
                false,
                true,
                "helix.scheduler.priority 1.0.0");
        return new CandidateView(new SlotName("scheduler"), info, false, 0, "");
    }

    public static SwapReport report(SwapOutcome outcome, SwapReport.Failure failure) {
        Map<SwapPhase, Long> phases = new LinkedHashMap<>();
        phases.put(SwapPhase.VERIFY, 1_000L);
        phases.put(SwapPhase.QUIESCE, 41_000L);
        Map<String, Long> carried = new LinkedHashMap<>();
        carried.put("ready", 62L);
        carried.put("levels", 4L);
        return new SwapReport(
                12,
                SwapKind.SWAP,
                new SlotName("scheduler"),
                Optional.of(ROUND_ROBIN),
                Optional.of(PRIORITY),
                Optional.of(outcome == SwapOutcome.SWAPPED ? PRIORITY : ROUND_ROBIN),
                outcome,
                outcome == SwapOutcome.SWAPPED ? StateOutcome.BY_REFERENCE : StateOutcome.NONE,
                Optional.ofNullable(failure),
                false,
                2,
                1,
                38_500,
                phases,
                carried,
                "root@local",
                NOW,
                4711);
    }

    public static SwapReport busy() {
        return report(
                SwapOutcome.BUSY,
                new SwapReport.Failure(
                        SwapPhase.QUIESCE,
                        ErrorCode.BUSY,
                        "1 call did not leave",
                        List.of("Pricing.slow(Pricing.java:7)")));
    }

    public static ThreadView thread(long number) {
        return new ThreadView(
                new ThreadId(number),
                "worker-" + number,
                ThreadState.BLOCKED,
                Optional.of(BlockReason.IO),
                Priority.NORMAL,
                SchedulingPolicy.NORMAL,
                CpuSet.ALL,
                Optional.empty(),
                1_500_000,
                9,
                0,
                0,
                Set.of());
    }

    public static MachineView machine(long waiting, String stalled) {
        return new MachineView(1, 2, waiting, 0, 500, 0, 0, 0, 0, 0, Optional.ofNullable(stalled));
    }

    /** An implementation of {@code type} that answers by {@code handler}. */
    public static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** {@code count} blocked threads. */
    public static Threads threads(int count, String stalled) {
        return proxy(Threads.class, (proxy, method, words) -> switch (method.getName()) {
            case "list" ->
                LongStream.rangeClosed(1, words == null ? count : Math.min(count, (int) words[0]))
                        .mapToObj(Fakes::thread)
                        .toList();
            case "machine" -> machine(count - 3L, stalled);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    /** One slot, two modules. */
    public static final class FakeSlots implements Slots {
        @Override
        public List<SlotView> list() {
            return List.of(slot(""));
        }

        @Override
        public Optional<SlotView> find(SlotName slot) {
            return list().stream().filter(view -> view.name().equals(slot)).findFirst();
        }

        @Override
        public List<CandidateView> candidates() {
            return List.of(candidate());
        }

        @Override
        public <S, R> R call(SlotName slot, Class<S> contract, Function<? super S, ? extends R> call) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <S, R> Optional<R> tryCall(SlotName slot, Class<S> contract, Function<? super S, ? extends R> call) {
            throw new UnsupportedOperationException();
        }
    }

    /** Answers every request by one report and remembers what was asked. */
    public static final class FakeHotSwap implements HotSwap {
        public final List<SwapRequest> asked = new ArrayList<>();
        public volatile CompletableFuture<SwapReport> answer =
                CompletableFuture.completedFuture(report(SwapOutcome.SWAPPED, null));

        @Override
        public SlotView createSlot(SlotName name, ModuleCategory category) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<SwapReport> begin(SwapRequest request) {
            if (request.module().equals("nosuch")) {
                throw new KernelException(
                        ErrorCode.NOT_FOUND, "no module 'nosuch' for slot 'scheduler', have [priority, roundrobin]");
            }
            asked.add(request);
            return answer;
        }

        @Override
        public List<SwapReport> history() {
            return List.of(report(SwapOutcome.SWAPPED, null));
        }

        @Override
        public long forgotten() {
            return 5;
        }

        @Override
        public long currentTick() {
            return 0;
        }

        @Override
        public boolean isEnabled() {
            return true;
        }

        @Override
        public void setEnabled(boolean enabled) {
            throw new UnsupportedOperationException();
        }
    }

    /** Two CPUs. */
    public static final class FakeCpus implements Cpus {
        private boolean secondOnline = true;

        @Override
        public List<CpuView> list() {
            return List.of(cpu(0, true), cpu(1, secondOnline));
        }

        private static CpuView cpu(int number, boolean online) {
            return new CpuView(new CpuId(number), online, Optional.of(new ThreadId(17)), 1, 2, 3_000_000, 4);
        }

        @Override
        public void offline(CpuId cpu) {
            secondOnline = false;
        }

        @Override
        public void online(CpuId cpu) {
            secondOnline = true;
        }
    }
}

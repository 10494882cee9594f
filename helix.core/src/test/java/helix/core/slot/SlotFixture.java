package helix.core.slot;

import static java.util.concurrent.TimeUnit.SECONDS;

import helix.api.module.ModuleCategory;
import helix.api.module.ModuleId;
import helix.api.module.ModuleInfo;
import helix.api.module.ModuleName;
import helix.api.module.ModuleVersion;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotId;
import helix.api.slot.SlotListener;
import helix.api.slot.SlotName;
import helix.api.slot.SwapKind;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import helix.core.facade.FacadeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** One slot named {@code counter}, without a framework around it. */
final class SlotFixture {

    static final SlotName SLOT = new SlotName("counter");

    final List<String> trace = new CopyOnWriteArrayList<>();
    final List<SwapReport> ended = new CopyOnWriteArrayList<>();
    final List<SwapKind> announced = new CopyOnWriteArrayList<>();
    final Transactions transactions = new Transactions();
    final Slot slot;
    final Counter facade;
    volatile boolean stopping;

    /** Parts of the surroundings that fail, by name: {@code thread}, {@code facade}, {@code clock}, {@code tick}, {@code listeners}. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();

    private final AtomicLong serviceIds = new AtomicLong();

    SlotFixture() {
        slot = new Slot(new SlotId(1), SLOT, ModuleCategory.CUSTOM, new Context());
        slot.serve(Counter.class);
        settings(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ZERO, ImportPolicy.ROLL_BACK);
        facade = (Counter) new FacadeFactory(Counter.class, slot.gate(), "facade").create();
    }

    void settings(Duration drain, Duration phase, Duration hold, ImportPolicy policy) {
        slot.configure(
                new SlotSettings(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofNanos(50_000),
                        drain,
                        drain,
                        hold,
                        phase,
                        Optional.of(policy)),
                "");
    }

    /** A candidate that can be described step by step. */
    final class Offer {
        private final String name;
        private final Map<String, Callable<Object>> script = new ConcurrentHashMap<>();
        private String version = "1.0.0";
        private Optional<String> schema = Optional.of("count/1");
        private boolean restartable = true;
        private boolean stateless;
        private ModuleCategory category = ModuleCategory.CUSTOM;
        private Map<String, Object> properties = Map.of();

        Offer(String name) {
            this.name = name;
        }

        Offer version(String text) {
            version = text;
            return this;
        }

        Offer schema(String text) {
            schema = Optional.ofNullable(text);
            return this;
        }

        Offer single() {
            restartable = false;
            return this;
        }

        Offer stateless() {
            stateless = true;
            return this;
        }

        Offer category(ModuleCategory wanted) {
            category = wanted;
            return this;
        }

        Offer properties(Map<String, Object> given) {
            properties = given;
            return this;
        }

        Offer when(String step, Callable<Object> action) {
            script.put(step, action);
            return this;
        }

        Offer failing(String step) {
            return when(step, () -> {
                throw new IllegalStateException(step + " is broken");
            });
        }

        Candidate add() {
            Object only = instance();
            ModuleInfo info = new ModuleInfo(
                    new ModuleId(new ModuleName(name), ModuleVersion.parse(version)),
                    List.of(name + "-alias"),
                    category,
                    schema,
                    stateless,
                    restartable,
                    "bundle 1.0.0");
            InstanceSource source = new InstanceSource() {
                @Override
                public Object take() {
                    run("take");
                    return restartable ? instance() : only;
                }

                @Override
                public void giveBack(Object instance) {
                    trace.add(name + ".released");
                    run("release");
                }
            };
            Candidate candidate =
                    new Candidate(SLOT, info, source, Counter.class, properties, 0, serviceIds.incrementAndGet(), "");
            slot.add(candidate);
            return candidate;
        }

        /** A step outside the module itself. */
        private void run(String step) {
            try {
                if (script.containsKey(step)) {
                    script.get(step).call();
                }
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private Object instance() {
            if (properties.containsKey(Candidate.EXPORT_METHOD)) {
                return (Counter) body -> 0;
            }
            return new CounterModule(name, script, trace);
        }
    }

    Offer offer(String name) {
        return new Offer(name);
    }

    /** Puts a well-behaved module in, and forgets that. */
    void serveWith(Offer offer) {
        offer.add();
        run(SwapRequest.load(SLOT, offer.name, "test"));
        trace.clear();
        ended.clear();
        announced.clear();
    }

    SwapReport run(SwapRequest request) {
        return transactions
                .begin(slot, request)
                .toCompletableFuture()
                .orTimeout(30, SECONDS)
                .join();
    }

    /** The first candidate leaves, as if its service were unregistered on the calling thread. */
    void firstLeaves() {
        Candidate leaving = slot.candidates().get(0);
        slot.remove(leaving);
        transactions.succession().leaving(slot, leaving);
    }

    /** A candidate comes, as if its service were registered. */
    void arrives(Offer offer) {
        transactions.succession().arrived(slot, offer.add());
    }

    void awaitEnded(int swaps) {
        long endNs = System.nanoTime() + SECONDS.toNanos(10);
        while (ended.size() < swaps) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError(ended);
            }
            Thread.onSpinWait();
        }
    }

    void awaitOccupant(String module) {
        long endNs = System.nanoTime() + SECONDS.toNanos(10);
        while (!slot.view().occupant().map(id -> id.name().value()).equals(Optional.of(module))) {
            if (System.nanoTime() > endNs) {
                throw new AssertionError("not " + module + " but " + slot.view());
            }
            Thread.onSpinWait();
        }
    }

    SwapReport swap(String module) {
        return run(SwapRequest.swap(SLOT, module, "test"));
    }

    private final class Context implements SlotContext {
        private final AtomicLong swaps = new AtomicLong();
        private final History history = new History(8);

        @Override
        public long nextSwapNumber() {
            return swaps.incrementAndGet();
        }

        @Override
        public Instant now() {
            failIf("clock");
            return Instant.EPOCH;
        }

        @Override
        public long tick() {
            failIf("tick");
            return 7;
        }

        @Override
        public SlotListener listeners() {
            failIf("listeners");
            return new SlotListener() {
                @Override
                public void swapStarting(SlotName name, SwapKind kind, String requester) {
                    announced.add(kind);
                }

                @Override
                public void swapEnded(SwapReport report) {
                    ended.add(report);
                }
            };
        }

        @Override
        public History history() {
            return history;
        }

        @Override
        public void commit(Slot committed) {
            trace.add("committed");
        }

        @Override
        public void publishFacade(Slot published, Occupant first) {
            failIf("facade");
            trace.add("facade");
        }

        @Override
        public void start(Slot started, Runnable body) {
            failIf("thread");
            Thread thread = new Thread(body, "test-swap");
            thread.setDaemon(true);
            thread.start();
        }

        private void failIf(String part) {
            if (broken.contains(part)) {
                throw new LinkageError(part + " is broken");
            }
        }

        @Override
        public boolean isStopping() {
            return stopping;
        }
    }
}

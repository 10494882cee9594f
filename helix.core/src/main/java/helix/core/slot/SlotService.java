package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleCategory;
import helix.api.slot.CandidateView;
import helix.api.slot.HotSwap;
import helix.api.slot.SlotListener;
import helix.api.slot.SlotName;
import helix.api.slot.SlotView;
import helix.api.slot.Slots;
import helix.api.slot.SwapReport;
import helix.api.slot.SwapRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferenceScope;
import org.osgi.service.condition.Condition;

/**
 * The slots as the outside sees them: tracks candidates and configurations, answers questions, takes requests. Decides
 * nothing itself.
 */
@Component(
        service = {HotSwap.class, Slots.class, KernelSlots.class},
        immediate = true)
public final class SlotService implements HotSwap, Slots, KernelSlots {

    private static final int HISTORY = 256;

    /** The condition that says that every slot has chosen its first occupant. */
    private static final String SETTLED = "helix.settled";

    private final BundleContext bundles;
    private final Surroundings surroundings = new Surroundings();
    private final SlotListeners listeners = new SlotListeners();
    private final SlotTable slots = new SlotTable(surroundings);
    private final Transactions transactions = new Transactions();
    private final CandidateReader reader = new CandidateReader();
    private final Map<SlotName, SlotSettings> configured = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, Candidate> candidates = new ConcurrentHashMap<>();
    private final CommittedOccupants committed;
    private final FacadeServices facades;
    private final BootMonitor boot;

    private volatile LongSupplier ticks = () -> 0;
    private volatile boolean enabled = true;
    private volatile boolean settled;
    private volatile boolean closed;

    @Activate
    public SlotService(BundleContext bundles) {
        this.bundles = bundles;
        this.committed = new CommittedOccupants(DataFolder.of(bundles).resolve("slots"));
        this.facades = new FacadeServices(bundles);
        this.boot = new BootMonitor(bundles, this::settle);
    }

    @Activate
    void open() {
        boot.start();
    }

    @Deactivate
    void close() {
        closed = true;
        boot.stop();
        facades.close();
    }

    // ---- what comes and goes

    // SCR binds references in the order of their names: configurations come before the modules that they are about
    @Reference(
            name = "module",
            service = AnyService.class,
            target = "(&(helix.slot=*)(!(helix.facade=*)))",
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            scope = ReferenceScope.PROTOTYPE)
    void addCandidate(ComponentServiceObjects<?> source) {
        reader.read(source.getServiceReference(), new ServiceInstances<>(source), this::configuredContract)
                .ifPresent(read -> arrived(source.getServiceReference(), read));
    }

    private void arrived(ServiceReference<?> reference, Candidate read) {
        Slot slot = slots.getOrCreate(read.slot(), read.info().category());
        Candidate candidate = fitted(slot, read);
        candidates.put(reference, candidate);
        slot.add(candidate);
        if (settled) {
            transactions.succession().arrived(slot, candidate);
        }
    }

    void removeCandidate(ComponentServiceObjects<?> source) {
        Candidate candidate = candidates.remove(source.getServiceReference());
        if (candidate != null) {
            Slot slot = slots.require(candidate.slot());
            slot.remove(candidate);
            if (!closed) {
                transactions.succession().leaving(slot, candidate);
            }
        }
    }

    private Optional<String> configuredContract(SlotName slot) {
        return Optional.ofNullable(configured.get(slot)).flatMap(SlotSettings::contract);
    }

    private static Candidate fitted(Slot slot, Candidate candidate) {
        if (!candidate.isUsable()) {
            return candidate;
        }
        try {
            slot.serve(candidate.contract());
            return candidate;
        } catch (KernelException mismatch) {
            return candidate.refused(candidate.id() + ": " + mismatch.getMessage());
        }
    }

    @Reference(name = "configuration", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addConfiguration(SlotConfiguration configuration) {
        configured.put(configuration.slot(), configuration.settings());
        slots.getOrCreate(configuration.slot(), ModuleCategory.CUSTOM)
                .configure(configuration.settings(), configuration.problem());
    }

    void removeConfiguration(SlotConfiguration configuration) {
        if (configured.remove(configuration.slot(), configuration.settings())) {
            slots.require(configuration.slot()).configure(SlotSettings.DEFAULT, "");
        }
    }

    @Reference(name = "listener", cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(SlotListener listener) {
        listeners.add(listener);
    }

    void removeListener(SlotListener listener) {
        listeners.remove(listener);
    }

    private void settle() {
        Thread boot = new Thread(this::chooseFirstOccupants, "helix-boot");
        boot.setDaemon(true);
        boot.start();
    }

    private void chooseFirstOccupants() {
        slots.list().forEach(this::chooseFirstOccupant);
        settled = true;
        // those that came while the others were being served
        slots.list().forEach(this::chooseFirstOccupant);
        if (!closed) {
            bundles.registerService(
                    Condition.class, Condition.INSTANCE, new Hashtable<>(Map.of(Condition.CONDITION_ID, SETTLED)));
        }
    }

    private void chooseFirstOccupant(Slot slot) {
        transactions.succession().atBoot(slot, committed.read(slot.name()));
    }

    // ---- Slots

    @Override
    public List<SlotView> list() {
        return slots.list().stream().map(Slot::view).toList();
    }

    @Override
    public Optional<SlotView> find(SlotName slot) {
        return slots.find(slot).map(Slot::view);
    }

    @Override
    public List<CandidateView> candidates() {
        return slots.list().stream()
                .flatMap(slot -> slot.candidates().stream()
                        .map(candidate -> candidate.view(slot.isServedBy(candidate), slot.category())))
                .sorted(Comparator.comparing(CandidateView::slot)
                        .thenComparing(view -> view.module().id().name())
                        .thenComparing(view -> view.module().id().version()))
                .toList();
    }

    @Override
    public <S, R> R call(SlotName name, Class<S> contract, Function<? super S, ? extends R> call) {
        Passage<S> passage = passageOf(name, contract);
        S occupant = passage.enter();
        try {
            return call.apply(occupant);
        } finally {
            passage.leave();
        }
    }

    @Override
    public <S, R> Optional<R> tryCall(SlotName name, Class<S> contract, Function<? super S, ? extends R> call) {
        Passage<S> passage = passageOf(name, contract);
        S occupant = passage.tryEnter();
        if (occupant == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(call.apply(occupant));
        } finally {
            passage.leave();
        }
    }

    private <S> Passage<S> passageOf(SlotName name, Class<S> contract) {
        Slot slot = slots.require(name);
        if (slot.contract() != null && !contract.isAssignableFrom(slot.contract())) {
            throw new KernelException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "slot '" + name + "' serves " + slot.contract().getName() + ", not " + contract.getName());
        }
        return new GatePassage<>(slot.gate(), contract);
    }

    // ---- HotSwap

    @Override
    public SlotView createSlot(SlotName name, ModuleCategory category) {
        return slots.create(name, category).view();
    }

    @Override
    public CompletionStage<SwapReport> begin(SwapRequest request) {
        if (!enabled) {
            throw new KernelException(
                    ErrorCode.PERMISSION_DENIED,
                    "swapping is switched off; nothing in slot '" + request.slot() + "' was touched");
        }
        return transactions.begin(slots.require(request.slot()), request);
    }

    @Override
    public List<SwapReport> history() {
        return surroundings.history().list();
    }

    @Override
    public long forgotten() {
        return surroundings.history().forgotten();
    }

    @Override
    public long currentTick() {
        return ticks.getAsLong();
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean newEnabled) {
        enabled = newEnabled;
    }

    // ---- KernelSlots

    @Override
    public <S> Passage<S> passage(SlotName name, Class<S> contract, ModuleCategory category, StateKeeper keeper) {
        Slot slot = slots.getOrCreate(name, category);
        slot.serve(contract);
        slot.keptBy(keeper, category);
        return new GatePassage<>(slot.gate(), contract);
    }

    @Override
    public void tickCounter(LongSupplier newTicks) {
        ticks = newTicks;
    }

    /** What the slots need of this service. */
    private final class Surroundings implements SlotContext {

        private final AtomicLong swaps = new AtomicLong();
        private final History history = new History(HISTORY);

        @Override
        public long nextSwapNumber() {
            return swaps.incrementAndGet();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long tick() {
            return ticks.getAsLong();
        }

        @Override
        public SlotListener listeners() {
            return listeners;
        }

        @Override
        public History history() {
            return history;
        }

        @Override
        public void commit(Slot slot) {
            slot.occupant().ifPresent(occupant -> committed.commit(slot.name(), occupant.id()));
        }

        @Override
        public void publishFacade(Slot slot, Occupant first) {
            facades.publish(slot, first.candidate());
        }

        @Override
        public void start(Slot slot, Runnable body) {
            Thread thread = new Thread(body, "helix-swap-" + slot.name());
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public boolean isStopping() {
            return closed || bundles.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING;
        }
    }
}

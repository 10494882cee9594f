package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.ModuleCategory;
import helix.api.module.ModuleId;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotId;
import helix.api.slot.SlotName;
import helix.api.slot.SlotStatus;
import helix.api.slot.SlotView;
import helix.api.slot.SwapKind;
import helix.core.gate.Gate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A named place with a contract: who serves it, who could, and which transaction holds it.
 *
 * <p><b>Shape.</b> The transaction that holds the slot writes its occupant, status and counters; anybody reads them.
 * At most one holds it at a time: {@link #claim} is the only lock, and it never waits.
 *
 * <p><b>Ordering.</b> The fields are volatile and each is meaningful by itself; {@link #view} is not a snapshot of one
 * moment while a transaction runs.
 */
final class Slot {

    /** Why a slot has no occupant, which decides what may fill it. */
    enum Vacancy {
        /** Nobody ever served: the first usable candidate may. */
        NEW,
        /** The occupant left by itself: a successor may. */
        DEPARTED,
        /** An operator emptied it: only an operator fills it. */
        UNLOADED
    }

    private final SlotId id;
    private final SlotName name;
    private final Gate gate;
    private final SlotContext context;
    private final CopyOnWriteArrayList<Candidate> candidates = new CopyOnWriteArrayList<>();
    private final AtomicReference<SwapRecord> holder = new AtomicReference<>();
    private final AtomicBoolean facadePublished = new AtomicBoolean();

    private volatile SlotSettings settings = SlotSettings.DEFAULT;
    private volatile ModuleCategory category;
    private volatile Class<?> contract;
    private volatile StateKeeper keeper;
    private volatile SlotStatus status = SlotStatus.EMPTY;
    private volatile Vacancy vacancy = Vacancy.NEW;
    private volatile Occupant occupant;
    private volatile long holdUntilNs;
    private volatile KeptState kept;
    private volatile long swaps;
    private volatile Instant lastSwap;
    private volatile long lastTick;
    private volatile String remark = "";
    private volatile String misconfigured = "";

    Slot(SlotId id, SlotName name, ModuleCategory category, SlotContext context) {
        this.id = id;
        this.name = name;
        this.category = category;
        this.context = context;
        this.gate = new Gate((int) id.number(), new SlotWaitRule(name, context::isStopping, this::emptyMessage));
    }

    private String emptyMessage() {
        String why = remark.isEmpty() ? "" : ": " + remark;
        return "slot '" + name + "' is empty" + why;
    }

    SlotId id() {
        return id;
    }

    SlotName name() {
        return name;
    }

    Gate gate() {
        return gate;
    }

    SlotContext context() {
        return context;
    }

    // ---- what it is for

    SlotSettings settings() {
        return settings;
    }

    /** @param problem why these are not the settings that were configured, empty when they are */
    void configure(SlotSettings newSettings, String problem) {
        settings = newSettings;
        misconfigured = problem;
        newSettings.category().ifPresent(wanted -> category = wanted);
    }

    ModuleCategory category() {
        return category;
    }

    /** The slot's interface, {@code null} until the first usable candidate or the kernel brought it. */
    Class<?> contract() {
        return contract;
    }

    /**
     * Fixes the contract.
     *
     * @throws KernelException CONTRACT_MISMATCH when it has another already
     */
    synchronized void serve(Class<?> wanted) {
        if (contract != null && contract != wanted) {
            throw new KernelException(
                    ErrorCode.CONTRACT_MISMATCH,
                    "slot '" + name + "' serves " + contract.getName() + " of " + contract.getClassLoader() + ", not "
                            + wanted.getName() + " of " + wanted.getClassLoader());
        }
        contract = wanted;
    }

    void keptBy(StateKeeper newKeeper, ModuleCategory newCategory) {
        keeper = newKeeper;
        category = newCategory;
    }

    Optional<StateKeeper> keeper() {
        return Optional.ofNullable(keeper);
    }

    ImportPolicy importPolicy() {
        return settings.importPolicy().orElse(keeper == null ? ImportPolicy.ROLL_BACK : ImportPolicy.START_FRESH);
    }

    // ---- candidates

    List<Candidate> candidates() {
        return candidates;
    }

    /** Those that may serve, best first. */
    List<Candidate> eligible() {
        return candidates.stream()
                .filter(candidate -> candidate.objection(category).isEmpty())
                .toList();
    }

    /** Whether {@code candidate} may fill the slot without an operator having asked for it. */
    boolean isOpenTo(Candidate candidate) {
        return occupant == null
                && vacancy != Vacancy.UNLOADED
                && eligible().contains(candidate)
                && !context.isStopping();
    }

    synchronized void add(Candidate candidate) {
        candidates.add(candidate);
        candidates.sort(Candidate.BY_RANKING);
    }

    synchronized void remove(Candidate candidate) {
        candidates.remove(candidate);
    }

    // ---- transactions

    /**
     * Takes hold of the slot for one transaction.
     *
     * @throws KernelException BUSY when another holds it
     */
    SwapRecord claim(SwapKind kind, String requester) {
        SwapRecord mine = new SwapRecord(kind, name, requester, context.now());
        SwapRecord other = holder.compareAndExchange(null, mine);
        if (other != null) {
            throw new KernelException(ErrorCode.BUSY, "slot '" + name + "' is held by " + describe(other));
        }
        mine.from(occupant);
        return mine;
    }

    void release(SwapRecord mine) {
        if (!holder.compareAndSet(mine, null)) {
            throw new IllegalStateException("slot '" + name + "' is not held by " + describe(mine));
        }
    }

    boolean isHeld() {
        return holder.get() != null;
    }

    private static String describe(SwapRecord record) {
        return record.kind() + " of " + record.requester() + " since " + record.startedAt() + ", now in "
                + record.phase();
    }

    SlotStatus status() {
        return status;
    }

    /** Goes to another state; only the transaction that holds the slot does this. */
    void become(SlotStatus next) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("slot '" + name + "' cannot go from " + status + " to " + next);
        }
        status = next;
    }

    Optional<Occupant> occupant() {
        return Optional.ofNullable(occupant);
    }

    boolean isServedBy(Candidate candidate) {
        return occupant().filter(serving -> serving.candidate() == candidate).isPresent();
    }

    /** Lets {@code successor} serve from now on. Called by the one transaction that holds the slot. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void install(Occupant successor) {
        occupant = successor;
        kept = null;
        remark = "";
        gate.open(successor.instance());
        become(SlotStatus.ACTIVE);
        swaps++;
        lastSwap = context.now();
        lastTick = context.tick();
    }

    /** Publishes the facade once there is somebody behind it; tried again by the next swap when it fails. */
    void publishFacade(Occupant first) {
        if (!facadePublished.compareAndSet(false, true)) {
            return;
        }
        try {
            context.publishFacade(this, first);
        } catch (RuntimeException | Error e) {
            facadePublished.set(false);
            remark = "no facade of " + contract.getName() + " can be made: " + ModuleThread.describe(e);
            throw e;
        }
    }

    /** Nobody serves from now on; calls wait until {@code deadlineNs}. */
    void vacate(Vacancy why, String newRemark, long deadlineNs) {
        vacancy = why;
        remark = newRemark;
        occupant = null;
        holdUntilNs = deadlineNs;
        if (why == Vacancy.UNLOADED) {
            kept = null;
        }
        gate.hold(deadlineNs);
    }

    /** Nobody could be put in. Calls that wait for the successor of a departed occupant go on waiting for it. */
    void failed(String why) {
        vacate(vacancy, why, isHolding() ? holdUntilNs : System.nanoTime());
        become(SlotStatus.FAILED);
    }

    /** The occupant is gone, and a defect of the nucleus broke its departure off: the gate must not go on to it. */
    void abandon(String why) {
        if (occupant != null) {
            vacate(Vacancy.DEPARTED, why, System.nanoTime());
        }
        status = SlotStatus.EMPTY;
    }

    /** Brings the slot into a state that is true, after a defect of the nucleus broke off a transaction. */
    void recover(Throwable defect) {
        remark = "a defect of the kernel broke off a swap: " + defect;
        if (occupant != null) {
            gate.open(occupant.instance());
            status = SlotStatus.ACTIVE;
        } else {
            gate.hold(System.nanoTime());
            status = SlotStatus.FAILED;
        }
    }

    /** Whether calls still wait for the successor of a departed occupant. */
    boolean isHolding() {
        return occupant == null && vacancy == Vacancy.DEPARTED && System.nanoTime() - holdUntilNs < 0;
    }

    Vacancy vacancy() {
        return vacancy;
    }

    /** What a departed occupant left behind and nobody has taken over yet. */
    Optional<KeptState> kept() {
        return Optional.ofNullable(kept);
    }

    void keep(KeptState state) {
        kept = state;
    }

    void remark(String text) {
        remark = text;
    }

    SlotView view() {
        Optional<ModuleId> serving = occupant().map(Occupant::id);
        return new SlotView(
                id,
                name,
                category,
                Optional.ofNullable(contract).map(Class::getName),
                status,
                serving,
                eligible().stream().map(Candidate::id).toList(),
                swaps,
                Optional.ofNullable(lastSwap),
                lastTick,
                gate.callsInFlight(),
                Optional.ofNullable(holder.get()).map(Slot::describe),
                remarks());
    }

    private String remarks() {
        Stream<String> objections = candidates.stream().map(candidate -> candidate.objection(category));
        return Stream.concat(Stream.of(remark, misconfigured), objections)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }
}

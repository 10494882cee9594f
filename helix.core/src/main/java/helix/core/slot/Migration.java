package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.HotReloadable;
import helix.api.module.StateSummary;
import helix.api.slot.StateOutcome;
import helix.api.slot.SwapPhase;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes state out of one occupant and gives it to another, while the gate is closed. Used by one transaction. */
final class Migration {

    /** How many elements of a collection are looked at for classes that must not cross. */
    private static final int ELEMENTS_CHECKED = 1_000;

    private final Slot slot;
    private final SwapRecord record;
    private final ModuleThread modules;

    Migration(Slot slot, SwapRecord record, ModuleThread modules) {
        this.slot = slot;
        this.record = record;
        this.modules = modules;
    }

    void prepareUnload(Occupant old) throws PhaseFailure {
        if (old.state().isPresent()) {
            run("prepareUnload of " + old.id(), old.state().get()::prepareUnload);
        }
    }

    /** The state of an occupant; empty when it has none. */
    Optional<Object> export(Occupant old) throws PhaseFailure {
        if (old.state().isEmpty()) {
            return Optional.empty();
        }
        HotReloadable exporter = old.state().get();
        Object state = modules.call(
                SwapPhase.MIGRATE,
                ErrorCode.STATE_MIGRATION_FAILED,
                "exportState of " + old.id(),
                exporter::exportState);
        if (state != null) {
            // looking into the state runs code of whoever made its classes
            record.carried(modules.call(
                    SwapPhase.MIGRATE,
                    ErrorCode.STATE_MIGRATION_FAILED,
                    "looking through the state of " + old.id(),
                    () -> inspect(old, state)));
        }
        return Optional.ofNullable(state);
    }

    /**
     * Lets an occupant that was asked to rest serve on.
     *
     * @throws PhaseFailure ROLLBACK_FAILED
     */
    void resume(Occupant old) throws PhaseFailure {
        if (old.state().isPresent()) {
            try {
                run("resume of " + old.id(), old.state().get()::resume);
            } catch (PhaseFailure e) {
                throw e.as(ErrorCode.ROLLBACK_FAILED);
            }
        }
    }

    /** Gives {@code state} to a successor, and has the nucleus check what it made of it. */
    void importInto(Occupant successor, Object state) throws PhaseFailure {
        if (successor.state().isEmpty()) {
            throw new PhaseFailure(
                    SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED, successor.id() + " takes no state", null);
        }
        HotReloadable importer = successor.state().get();
        run("importState of " + successor.id(), () -> importer.importState(state));
        if (slot.keeper().isPresent()) {
            StateKeeper keeper = slot.keeper().get();
            run("the check of " + successor.id(), () -> keeper.check(successor.instance()));
        }
        record.state(StateOutcome.BY_REFERENCE);
    }

    private void run(String what, ModuleThread.Step step) throws PhaseFailure {
        modules.run(SwapPhase.MIGRATE, ErrorCode.STATE_MIGRATION_FAILED, what, step);
    }

    /** Judges a state and returns what it says of itself. */
    private static Map<String, Long> inspect(Occupant old, Object state) {
        refuseOwnClasses(old, state);
        return state instanceof StateSummary summarized ? new LinkedHashMap<>(summarized.summary()) : Map.of();
    }

    /** A class of the old module in the state would keep its whole bundle alive, and mean nothing to the successor. */
    private static void refuseOwnClasses(Occupant old, Object state) {
        ClassLoader own = old.instance().getClass().getClassLoader();
        Optional<Object> found = Stream.concat(Stream.of(state), elements(state))
                .filter(part -> part != null && part.getClass().getClassLoader() == own)
                .filter(part -> old.candidate().contract().getClassLoader() != own)
                .findFirst();
        if (found.isPresent()) {
            throw new KernelException(
                    ErrorCode.STATE_MIGRATION_FAILED,
                    "it holds a " + found.get().getClass().getName()
                            + ", a class of its own bundle; use classes of the JDK or of the contract's bundle");
        }
    }

    private static Stream<?> elements(Object state) {
        Stream<?> elements = Stream.empty();
        if (state instanceof Collection<?> collection) {
            elements = collection.stream();
        } else if (state instanceof Map<?, ?> map) {
            elements = map.entrySet().stream().flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()));
        } else if (state instanceof Object[] array) {
            elements = Stream.of(array);
        }
        return elements.limit(ELEMENTS_CHECKED);
    }
}

package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.module.Health;
import helix.api.slot.SwapPhase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes instances that are to serve a slot, judges them, and takes them apart again. Used by one transaction. */
final class Successor {

    private static final Logger LOG = LoggerFactory.getLogger(Successor.class);

    private final Slot slot;
    private final ModuleThread modules;

    Successor(Slot slot, ModuleThread modules) {
        this.slot = slot;
        this.modules = modules;
    }

    /**
     * Takes, initialises and starts an instance. Nothing is left of it when this fails.
     *
     * @throws PhaseFailure INIT_FAILED, CONTRACT_MISMATCH as INIT_FAILED, or TIMED_OUT
     */
    Occupant prepare(Candidate candidate) throws PhaseFailure {
        Occupant made = take(candidate);
        try {
            modules.run(SwapPhase.PREPARE, ErrorCode.INIT_FAILED, "init of " + made.id(), made.module()::init);
            modules.run(SwapPhase.PREPARE, ErrorCode.INIT_FAILED, "start of " + made.id(), made.module()::start);
            return made;
        } catch (PhaseFailure e) {
            discard(made);
            throw e;
        }
    }

    private Occupant take(Candidate candidate) throws PhaseFailure {
        Taking taking = new Taking(candidate);
        try {
            return modules.call(SwapPhase.PREPARE, ErrorCode.INIT_FAILED, "making " + candidate.id(), taking);
        } catch (PhaseFailure e) {
            taking.giveUp();
            throw e;
        }
    }

    /**
     * An instance that saw a state it could not take is not trusted: another takes its place, where there can be one.
     *
     * @return who is to serve; {@code spoiled} is discarded then, unless it is that
     */
    Occupant startFresh(Occupant spoiled) throws PhaseFailure {
        if (!spoiled.candidate().info().restartable()) {
            refill(spoiled);
            return spoiled;
        }
        Occupant another = prepare(spoiled.candidate());
        try {
            refill(another);
        } catch (PhaseFailure e) {
            discard(another);
            throw e;
        }
        discard(spoiled);
        return another;
    }

    /** Asks an instance whether it can serve. */
    void probe(Occupant made) throws PhaseFailure {
        Health health =
                modules.call(SwapPhase.PROBE, ErrorCode.UNHEALTHY, "health of " + made.id(), made.module()::health);
        if (health == null) {
            throw new PhaseFailure(
                    SwapPhase.PROBE, ErrorCode.UNHEALTHY, made.id() + " does not say how it is: health is null", null);
        }
        if (!health.healthy()) {
            throw new PhaseFailure(
                    SwapPhase.PROBE, ErrorCode.UNHEALTHY, made.id() + " is not healthy: " + health.detail(), null);
        }
    }

    /** Looks once more whether the candidate's service is still there, just before its instance is published. */
    void requirePresent(Candidate candidate) throws PhaseFailure {
        if (!slot.candidates().contains(candidate)) {
            throw new PhaseFailure(
                    SwapPhase.PROBE, ErrorCode.INIT_FAILED, candidate.id() + " left while it was prepared", null);
        }
    }

    /** Gives what the nucleus knows to an instance that starts without state. */
    void refill(Occupant made) throws PhaseFailure {
        if (slot.keeper().isPresent()) {
            StateKeeper keeper = slot.keeper().get();
            modules.run(
                    SwapPhase.MIGRATE,
                    ErrorCode.STATE_MIGRATION_FAILED,
                    "refilling " + made.id(),
                    () -> keeper.refill(made.instance()));
        }
    }

    /** Stops and gives back an instance; what goes wrong with that is logged and harms nobody. */
    void discard(Occupant made) {
        stop(made);
        retire("release of " + made.id(), made::release);
    }

    /** Lets the module let go of everything; what goes wrong with that is logged. */
    void stop(Occupant made) {
        retire("stop of " + made.id(), made.module()::stop);
    }

    private void retire(String what, ModuleThread.Step step) {
        try {
            modules.run(SwapPhase.RETIRE, ErrorCode.INTERNAL, what, step);
        } catch (PhaseFailure e) {
            LOG.warn("slot={} {}", slot.name(), e.getMessage(), e.getCause());
        }
    }
}

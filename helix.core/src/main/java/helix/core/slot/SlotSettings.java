package helix.core.slot;

import helix.api.module.ModuleCategory;
import helix.api.slot.ImportPolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * How one slot is to behave.
 *
 * @param module name or alias of the module to start with
 * @param contract class name of its interface, where the candidates leave a choice
 * @param category what it is for
 * @param closeBudget how long the gate may be closed in one try to drain it
 * @param drainTimeout how long a swap tries to drain the gate, all tries together
 * @param departureDrain the same in a departure, which has one try
 * @param hold how long calls wait for a successor after a departure
 * @param phaseTimeout how long module code may take in one step
 * @param importPolicy what to do when a successor cannot take the state
 */
record SlotSettings(
        Optional<String> module,
        Optional<String> contract,
        Optional<ModuleCategory> category,
        Duration closeBudget,
        Duration drainTimeout,
        Duration departureDrain,
        Duration hold,
        Duration phaseTimeout,
        Optional<ImportPolicy> importPolicy) {

    /** SCR gives up on its own locks after this time; a call held longer would make it drop components. */
    static final Duration HOLD_LIMIT = Duration.ofSeconds(5);

    static final SlotSettings DEFAULT = new SlotSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Duration.ofNanos(50_000),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10),
            Optional.empty());

    SlotSettings {
        requirePositive("close budget", closeBudget);
        requirePositive("drain timeout", drainTimeout);
        requirePositive("departure drain", departureDrain);
        requirePositive("phase timeout", phaseTimeout);
        if (hold.isNegative() || hold.compareTo(HOLD_LIMIT) >= 0) {
            throw new IllegalArgumentException("the hold time " + hold.toMillis() + " ms is not in 0.."
                    + (HOLD_LIMIT.toMillis() - 1) + " ms: SCR gives up after " + HOLD_LIMIT.toMillis() + " ms");
        }
    }

    private static void requirePositive(String what, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("the " + what + " " + value + " is not above zero");
        }
    }
}

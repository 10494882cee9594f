package helix.core.slot;

import helix.api.module.ModuleId;
import java.util.Optional;

/**
 * What an occupant left behind when its service went.
 *
 * @param module who it was
 * @param schema the layout of the state, empty when it does not say
 * @param state the state, empty when it had none or could not give it
 */
record KeptState(ModuleId module, Optional<String> schema, Optional<Object> state) {}

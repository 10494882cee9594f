package helix.api.module;

import java.util.List;
import java.util.Optional;

/**
 * What a candidate says of itself, from its service properties.
 *
 * @param id name and version: {@code helix.module}, else the component's name, else the bundle's; and
 *     {@code helix.module.version}, else the bundle's
 * @param aliases other names a shell accepts
 * @param category {@code helix.category}, CUSTOM by default
 * @param stateSchema schema and version of its state, {@code helix.scheduler/1}; empty when it has none or does not say
 * @param stateless true when it says that it has no state
 * @param restartable true when a fresh instance can be made, that is when the component has prototype scope
 * @param bundle symbolic name and version of the bundle it comes from
 */
public record ModuleInfo(
        ModuleId id,
        List<String> aliases,
        ModuleCategory category,
        Optional<String> stateSchema,
        boolean stateless,
        boolean restartable,
        String bundle) {

    public ModuleInfo {
        aliases = List.copyOf(aliases);
    }

    /** Says whether an operator who types {@code word} may mean this module. */
    public boolean isCalled(String word) {
        return id.name().value().equals(word) || aliases.contains(word);
    }
}

package helix.shell.command;

import helix.api.module.ModuleVersion;
import helix.api.slot.SwapRequest;
import java.util.Optional;

/**
 * What an operator types for a module: {@code priority} or {@code priority@1.2.0}.
 *
 * @param name name or alias
 * @param version the version asked for, else the newest
 */
record ModuleWord(String name, Optional<ModuleVersion> version) {

    static ModuleWord parse(String word) {
        int at = word.indexOf('@');
        String name = at < 0 ? word : word.substring(0, at);
        if (name.isBlank()) {
            throw CommandException.usage("'" + word + "' names no module, write module or module@version");
        }
        return new ModuleWord(
                name, at < 0 ? Optional.empty() : Optional.of(ModuleVersion.parse(word.substring(at + 1))));
    }

    SwapRequest in(SwapRequest request) {
        return version.map(request::withVersion).orElse(request);
    }
}

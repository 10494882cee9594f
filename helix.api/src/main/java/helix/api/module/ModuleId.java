package helix.api.module;

/**
 * One version of one module, {@code priority@1.0.0}.
 *
 * @param name its name
 * @param version its version
 */
public record ModuleId(ModuleName name, ModuleVersion version) {

    @Override
    public String toString() {
        return name + "@" + version;
    }
}

package helix.api.module;

/** What kind of part a slot is for. The numbers are those of the original system. */
public enum ModuleCategory {
    SCHEDULER(0),
    MEMORY_ALLOCATOR(1),
    FILESYSTEM(2),
    DRIVER(3),
    NETWORK(4),
    SECURITY(5),
    IPC(6),
    /** Everything else; what a candidate is that says nothing. */
    CUSTOM(255);

    private final int number;

    ModuleCategory(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}

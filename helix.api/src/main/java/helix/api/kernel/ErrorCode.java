package helix.api.kernel;

/** Why a kernel operation was refused or failed, and who should act on it. */
public enum ErrorCode {
    /** The slot, module, thread or CPU named does not exist. */
    NOT_FOUND(ActBy.CALLER),
    /** A slot or thing of that name exists already. */
    ALREADY_EXISTS(ActBy.CALLER),
    /** The slot already has an occupant. */
    ALREADY_LOADED(ActBy.CALLER),
    /** Nothing serves the slot. */
    SLOT_EMPTY(ActBy.RETRY),
    /** The occupant says it cannot be unloaded now. */
    MODULE_BUSY(ActBy.RETRY),
    /** Another operation holds the slot, or calls in flight did not leave in time. */
    BUSY(ActBy.RETRY),
    /** The version rule (same major, no downgrade) forbids it. */
    VERSION_MISMATCH(ActBy.CALLER),
    /** The slot is for another category of modules. */
    CATEGORY_MISMATCH(ActBy.CALLER),
    /** The object does not implement the slot's contract, or the contract cannot be served. */
    CONTRACT_MISMATCH(ActBy.CALLER),
    /** A module of which only one instance exists cannot replace itself. */
    NOT_RESTARTABLE(ActBy.CALLER),
    /** Swapping is switched off, or the caller may not do this. */
    PERMISSION_DENIED(ActBy.CALLER),
    /** The successor's {@code init} or {@code start} failed. */
    INIT_FAILED(ActBy.SUPERVISOR),
    /** State could not be exported, or the successor could not take it. */
    STATE_MIGRATION_FAILED(ActBy.SUPERVISOR),
    /** The successor was there and answered that it is not healthy. */
    UNHEALTHY(ActBy.SUPERVISOR),
    /** Module code did not return within its phase timeout. */
    TIMED_OUT(ActBy.RETRY),
    /** Undoing a failed swap failed too; the slot is FAILED. */
    ROLLBACK_FAILED(ActBy.KERNEL),
    /** An argument has no meaning here. */
    INVALID_ARGUMENT(ActBy.CALLER),
    /** The operation is illegal in the present state. */
    INVALID_STATE(ActBy.CALLER),
    /** The policy or device does not offer this. */
    NOT_SUPPORTED(ActBy.CALLER),
    /** The thread was told to end. */
    KILLED(ActBy.CALLER),
    /** A defect of the kernel itself. */
    INTERNAL(ActBy.KERNEL);

    /** Who can do something about an error. */
    public enum ActBy {
        /** Whoever asked: ask differently. */
        CALLER,
        /** Whoever asked: ask again later. */
        RETRY,
        /** Whoever looks after the module. */
        SUPERVISOR,
        /** The kernel, that is its maintainers. */
        KERNEL
    }

    private final ActBy actBy;

    ErrorCode(ActBy actBy) {
        this.actBy = actBy;
    }

    public ActBy actBy() {
        return actBy;
    }
}

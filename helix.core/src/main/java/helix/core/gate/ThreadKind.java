package helix.core.gate;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Tells virtual threads from platform threads on a Java that may not have them. */
final class ThreadKind {

    /** {@code Thread.isVirtual()}, or a constant false before Java 21. */
    private static final MethodHandle IS_VIRTUAL = find();

    private ThreadKind() {}

    static boolean isVirtual(Thread thread) {
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (RuntimeException | Error e) {
            // a stack overflow stays one
            throw e;
        } catch (Throwable e) {
            throw new LinkageError("Thread.isVirtual failed", e);
        }
    }

    private static MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException before21) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, false), 0, Thread.class);
        } catch (IllegalAccessException e) {
            throw new LinkageError("Thread.isVirtual is not public", e);
        }
    }
}

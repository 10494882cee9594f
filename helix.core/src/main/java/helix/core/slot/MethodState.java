package helix.core.slot;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.api.module.HotReloadable;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** The state of an object without a Helix type in it, through the two methods its properties name. */
final class MethodState implements HotReloadable {

    private final Object instance;
    private final Method exporting;
    private final Method importing;

    /** @throws KernelException CONTRACT_MISMATCH when there are no such public methods */
    MethodState(Object instance, String exporting, String importing) {
        this.instance = instance;
        this.exporting = find(exporting, 0);
        this.importing = find(importing, 1);
    }

    private Method find(String name, int parameters) {
        Method found = Arrays.stream(instance.getClass().getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == parameters)
                .findFirst()
                .orElseThrow(() -> new KernelException(
                        ErrorCode.CONTRACT_MISMATCH,
                        instance.getClass().getName() + " has no public method " + name + " with " + parameters
                                + " parameters, as its state properties say"));
        // the class itself need not be public
        found.setAccessible(true);
        return found;
    }

    @Override
    public Object exportState() throws Exception {
        return invoke(exporting);
    }

    @Override
    public void importState(Object state) throws Exception {
        Class<?> taken = importing.getParameterTypes()[0];
        if (!MethodType.methodType(taken).wrap().returnType().isInstance(state)) {
            throw new IllegalArgumentException(importing.getName() + " takes a " + taken.getName() + ", not a "
                    + state.getClass().getName());
        }
        invoke(importing, state);
    }

    private Object invoke(Method method, Object... arguments) throws Exception {
        try {
            return method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw e;
        }
    }
}

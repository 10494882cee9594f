package helix.core.facade;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Defines the classes of one slot's facade. It finds the platform, the contract with the classes its methods name, and
 * the gate, each exactly as its own loader defined it: so the nucleus wires to no contract, and refreshing a contract's
 * bundle does not touch the nucleus.
 */
final class FacadeLoader extends ClassLoader {

    private final Map<String, Class<?>> known = new HashMap<>();

    FacadeLoader(Class<?> contract, Class<?>... own) {
        super("helix-facade-" + contract.getName(), ClassLoader.getPlatformClassLoader());
        for (Class<?> type : own) {
            known.put(type.getName(), type);
        }
        addSignatures(contract);
    }

    private void addSignatures(Class<?> contract) {
        Deque<Class<?>> interfaces = new ArrayDeque<>();
        interfaces.add(contract);
        while (!interfaces.isEmpty()) {
            Class<?> type = interfaces.poll();
            add(type);
            interfaces.addAll(List.of(type.getInterfaces()));
        }
        for (Method method : contract.getMethods()) {
            add(method.getReturnType());
            add(method.getParameterTypes());
            add(method.getExceptionTypes());
        }
    }

    private void add(Class<?>... types) {
        for (Class<?> type : types) {
            Class<?> element = type;
            while (element.isArray()) {
                element = element.getComponentType();
            }
            if (!element.isPrimitive()) {
                known.put(element.getName(), element);
            }
        }
    }

    Class<?> define(String name, byte[] bytes) {
        Class<?> defined = defineClass(name, bytes, 0, bytes.length);
        known.put(name, defined);
        return defined;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> type = known.get(name);
        if (type == null) {
            throw new ClassNotFoundException(name + " is not part of the contract");
        }
        return type;
    }
}

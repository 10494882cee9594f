package helix.core.facade;

import helix.core.gate.DepthWord;
import helix.core.gate.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.function.Supplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Makes the facades of one slot. Thread-safe. */
public final class FacadeFactory {

    private final Class<?> contract;
    private final FacadeLoader loader;
    private final Constructor<?> constructor;
    private final Gate gate;
    private final String description;

    /** @param description what {@code toString} of a facade answers */
    public FacadeFactory(Class<?> contract, Gate gate, String description) {
        this.contract = contract;
        this.gate = gate;
        this.description = description;
        this.loader = new FacadeLoader(
                contract,
                Facade.class,
                Gate.class,
                DepthWord.class,
                ServiceFactory.class,
                ServiceRegistration.class,
                Bundle.class);
        String name = "helix.facade." + contract.getSimpleName() + "Facade";
        Class<?> facade = loader.define(name, new FacadeWriter(contract).write(name));
        try {
            this.constructor = facade.getConstructor(Gate.class, String.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    public Class<?> contract() {
        return contract;
    }

    /** A new facade. */
    public Object create() {
        return make(constructor, gate, description);
    }

    /** A bundle-scoped service made of such facades. */
    public ServiceFactory<?> serviceFactory() {
        Class<?> type = loader.define(FacadeServiceFactory.class.getName(), bytesOf(FacadeServiceFactory.class));
        try {
            return (ServiceFactory<?>) make(type.getConstructor(Supplier.class), (Supplier<Object>) this::create);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object make(Constructor<?> constructor, Object... arguments) {
        try {
            return constructor.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor.getDeclaringClass(), e);
        }
    }

    private static byte[] bytesOf(Class<?> type) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

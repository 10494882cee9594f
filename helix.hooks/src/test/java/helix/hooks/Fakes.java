package helix.hooks;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Framework objects that answer the few questions the hooks ask; any other question fails the test. */
final class Fakes {

    private Fakes() {}

    static BundleContext contextOf(long id, String symbolicName) {
        Bundle bundle = fake(Bundle.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getBundleId" -> id;
            case "getSymbolicName" -> symbolicName;
            default -> throw new AssertionError("unexpected call of " + method);
        });
        return context((proxy, method, arguments) -> switch (method.getName()) {
            case "getBundle" -> bundle;
            case "hashCode" -> (int) id;
            case "equals" -> proxy == arguments[0];
            default -> throw new AssertionError("unexpected call of " + method);
        });
    }

    /** Context of a bundle that has just stopped. */
    static BundleContext invalidContext() {
        return context((proxy, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> -1;
            case "equals" -> proxy == arguments[0];
            default -> throw new IllegalStateException("context no longer valid");
        });
    }

    static ServiceReference<?> service(Map<String, ?> properties) {
        return fake(ServiceReference.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getProperty" -> properties.get(arguments[0]);
            case "hashCode" -> properties.hashCode();
            case "equals" -> proxy == arguments[0];
            case "toString" -> properties.toString();
            default -> throw new AssertionError("unexpected call of " + method);
        });
    }

    private static BundleContext context(InvocationHandler answers) {
        return fake(BundleContext.class, answers);
    }

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(Fakes.class.getClassLoader(), new Class<?>[] {type}, answers));
    }
}

package helix.tck;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;

/** Settings annotations as a component runtime would hand them over. */
public final class FakeConfig {

    private FakeConfig() {}

    /**
     * An instance of a settings annotation.
     *
     * @param values what is configured, by method name; the annotation's defaults serve for the rest
     */
    public static <A extends Annotation> A of(Class<A> type, Map<String, Object> values) {
        InvocationHandler answers =
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue());
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}

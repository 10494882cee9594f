package helix.example.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.thread.KernelExecutor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Dictionary;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class HttpExampleTest {

    @Test
    void shouldPublishThePortWhileItListens() throws Exception {
        AtomicReference<Dictionary<?, ?>> properties = new AtomicReference<>();
        AtomicBoolean gone = new AtomicBoolean();
        ServiceRegistration<?> registration = proxy(ServiceRegistration.class, (self, method, words) -> {
            gone.set(method.getName().equals("unregister"));
            return null;
        });
        BundleContext context = proxy(BundleContext.class, (self, method, words) -> {
            properties.set((Dictionary<?, ?>) words[2]);
            return registration;
        });
        KernelExecutor executor = proxy(KernelExecutor.class, (self, method, words) -> self);

        HttpExample example =
                new HttpExample(context, executor, null, proxy(HttpExample.Config.class, (self, port, none) -> 0));

        int port = (Integer) properties.get().get("helix.example.http.port");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(socket.isConnected()).isTrue();
        }
        example.close();
        assertThat(gone).isTrue();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

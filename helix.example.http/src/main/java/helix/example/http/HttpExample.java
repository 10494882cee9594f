package helix.example.http;

import helix.api.thread.KernelExecutor;
import helix.api.thread.ThreadOptions;
import helix.api.thread.Threads;
import java.io.IOException;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Executor;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP on loopback with one kernel thread per request. Once it listens, it is registered as a service whose
 * property {@value #PORT} says where. Thread-safe.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = HttpExample.PID)
@Designate(ocd = HttpExample.Config.class)
public final class HttpExample {

    static final String PID = "helix.example.http";

    /** Service property: the port that is listened on, an {@link Integer}. */
    static final String PORT = "helix.example.http.port";

    private static final Logger LOG = LoggerFactory.getLogger(HttpExample.class);

    /** Settings, PID {@value #PID}. */
    @ObjectClassDefinition(name = "HTTP example", description = "An HTTP server whose requests run as kernel threads")
    @interface Config {
        @AttributeDefinition(description = "Port on the loopback address; 0 takes a free one")
        int port() default 8080;
    }

    private final KernelHttpServer server;
    private final ServiceRegistration<HttpExample> registration;

    @Activate
    public HttpExample(
            BundleContext context, @Reference KernelExecutor executor, @Reference Threads threads, Config config)
            throws IOException {
        this.server =
                open(config.port(), executor.with(ThreadOptions.named("http")), new Answers(threads, System::nanoTime));
        this.registration =
                context.registerService(HttpExample.class, this, new Hashtable<>(Map.of(PORT, server.port())));
        LOG.info("Listening on port {} of the loopback address", server.port());
    }

    private static KernelHttpServer open(int port, Executor executor, Answers answers) throws IOException {
        try {
            return KernelHttpServer.open(port, executor, answers);
        } catch (IOException | IllegalArgumentException e) {
            // What the component runtime reports wraps this, and the console shows no causes.
            LOG.error("{}; set another 'port' in etc/{}.cfg", e.getMessage(), PID);
            throw e;
        }
    }

    @Deactivate
    void close() {
        registration.unregister();
        server.close();
    }
}

package helix.api.thread;

import java.util.concurrent.ExecutorService;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An {@link ExecutorService} whose tasks are kernel threads: the {@code scheduler} slot decides when each runs, and
 * swapping that slot loses none.
 *
 * <p>Each bundle gets an executor of its own from the service registry: shutting it down ends it for that bundle only.
 * A bundle that leaves without doing so has it shut down; tasks already submitted still run. Submitting from a kernel
 * thread is a kernel entry. The queue has no bound. Thread-safe.
 */
@ProviderType
public interface KernelExecutor extends ExecutorService {

    /** This executor with other options for the tasks submitted through it; both are shut down together. */
    KernelExecutor with(ThreadOptions options);
}

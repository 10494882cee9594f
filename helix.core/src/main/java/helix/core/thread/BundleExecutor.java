package helix.core.thread;

import helix.api.thread.KernelExecutor;
import helix.api.thread.ThreadOptions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** One executor per bundle that asks. It is shut down when the bundle lets go of it; tasks already in still run. */
@Component(service = KernelExecutor.class, scope = ServiceScope.BUNDLE)
public final class BundleExecutor extends TaskExecutor {

    /** Made by the component runtime. */
    @Activate
    public BundleExecutor(@Reference ThreadService threads) {
        super(threads.kernel(), new ExecutorLife(), ThreadOptions.DEFAULT);
    }

    @Deactivate
    void deactivate() {
        shutdown();
    }
}

package helix.core.thread;

import helix.api.thread.Cpus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The kernel's CPUs as a service; a second one because both it and {@link ThreadService} have a {@code list}. */
@Component(service = Cpus.class)
public final class CpuService extends KernelCpus {

    /** Made by the component runtime. */
    @Activate
    public CpuService(@Reference ThreadService threads) {
        super(threads.kernel());
    }
}

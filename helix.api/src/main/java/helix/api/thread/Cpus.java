package helix.api.thread;

import helix.api.kernel.CpuId;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The kernel's CPUs. Taking one offline changes nothing on the host. Thread-safe. */
@ProviderType
public interface Cpus {

    /** All CPUs in order of their numbers. */
    List<CpuView> list();

    /**
     * Takes a CPU out of use: it is given to no further thread, and the thread on it leaves at its next kernel entry.
     * Threads that may run only there wait until it is back. No effect when it is offline already.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND for an unknown CPU, INVALID_STATE for the last one online
     */
    void offline(CpuId cpu);

    /**
     * Puts a CPU back into use. No effect when it is online.
     *
     * @throws helix.api.kernel.KernelException NOT_FOUND for an unknown CPU
     */
    void online(CpuId cpu);
}

package helix.itests;

import helix.api.kernel.CpuId;
import helix.api.scheduler.SchedulerState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes a scheduler's place to see what it held, queue by queue; then it is an ordinary list. */
final class QueueInspector extends ListScheduler {

    private final Map<CpuId, Integer> lengths = new TreeMap<>();
    private volatile List<SchedulerState.Current> current = List.of();

    @Override
    public void importState(Object state) throws Exception {
        SchedulerState handedOver = (SchedulerState) state;
        synchronized (lengths) {
            handedOver.queues().stream()
                    .filter(queue -> queue.cpu() != null)
                    .forEach(queue -> lengths.merge(queue.cpu(), queue.threads().size(), Integer::sum));
        }
        current = List.copyOf(handedOver.current());
        super.importState(state);
    }

    /** How many threads waited for {@code cpu}. */
    int length(CpuId cpu) {
        synchronized (lengths) {
            return lengths.getOrDefault(cpu, 0);
        }
    }

    /** Who ran where, and until when. */
    List<SchedulerState.Current> current() {
        return current;
    }
}

package helix.core.thread;

import helix.api.kernel.CpuId;
import helix.api.kernel.CpuSet;
import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The CPUs, and a word that says which of them want a thread, so that making a thread ready costs one read while all
 * are busy.
 *
 * <p><b>Ordering.</b> A CPU's bit is set before its owner searches for the last time and cleared by the next owner. So
 * whoever makes a thread ready and then reads the word either sees the bit or was seen by the search.
 */
final class CpuBank {

    private final List<Cpu> cpus;
    private final AtomicLong hungry;

    CpuBank(int count) {
        this.cpus = IntStream.range(0, count)
                .mapToObj(number -> new Cpu(new CpuId(number)))
                .toList();
        this.hungry = new AtomicLong(all().mask());
    }

    List<Cpu> cpus() {
        return cpus;
    }

    CpuSet all() {
        return new CpuSet(-1L >>> (CpuId.MAX_CPUS - cpus.size()));
    }

    /** @throws KernelException NOT_FOUND */
    Cpu get(CpuId id) {
        if (id.number() >= cpus.size()) {
            throw new KernelException(ErrorCode.NOT_FOUND, "no CPU " + id + ", have " + all());
        }
        return cpus.get(id.number());
    }

    /** CPUs that are searching or idle, as bits. */
    long hungry() {
        return hungry.get();
    }

    static int lowest(long mask) {
        return Long.numberOfTrailingZeros(mask);
    }

    /** The owner of {@code cpu} found nothing for it. */
    void beginSearch(Cpu cpu) {
        cpu.setActivity(Activity.SEARCHING);
        hungry.getAndUpdate(bits -> bits | cpu.mask());
    }

    /**
     * The owner of {@code cpu} found a thread after all, or was told to look again.
     *
     * @return true when somebody had notified it
     */
    boolean endSearch(Cpu cpu) {
        clear(cpu);
        boolean notified = !cpu.changeActivity(Activity.SEARCHING, Activity.OWNED);
        if (notified) {
            cpu.setActivity(Activity.OWNED);
        }
        return notified;
    }

    /** The owner gives {@code cpu} up without having searched. */
    void abandon(Cpu cpu) {
        hungry.getAndUpdate(bits -> bits | cpu.mask());
        cpu.setActivity(Activity.IDLE);
    }

    /** Becomes the owner of an idle CPU. */
    boolean claim(Cpu cpu) {
        boolean claimed = cpu.changeActivity(Activity.IDLE, Activity.OWNED);
        if (claimed) {
            clear(cpu);
        }
        return claimed;
    }

    private void clear(Cpu cpu) {
        hungry.getAndUpdate(bits -> bits & ~cpu.mask());
    }

    boolean allIdle() {
        return cpus.stream().map(Cpu::activity).allMatch(now -> now == Activity.IDLE || now == Activity.OFFLINE);
    }
}

package helix.api.kernel;

import java.util.StringJoiner;

/**
 * A set of CPUs, as affinity uses it.
 *
 * @param mask bit n stands for CPU n; at least one bit is set
 */
public record CpuSet(long mask) {

    /** Every CPU there is or will be. */
    public static final CpuSet ALL = new CpuSet(-1L);

    public CpuSet {
        if (mask == 0) {
            throw new IllegalArgumentException("a CPU set names at least one CPU");
        }
    }

    /** The set of just these CPUs. */
    public static CpuSet of(CpuId first, CpuId... others) {
        long mask = 1L << first.number();
        for (CpuId other : others) {
            mask |= 1L << other.number();
        }
        return new CpuSet(mask);
    }

    public boolean contains(CpuId cpu) {
        return (mask >>> cpu.number() & 1) != 0;
    }

    @Override
    public String toString() {
        if (mask == -1L) {
            return "all";
        }
        StringJoiner numbers = new StringJoiner(",");
        for (int n = 0; n < CpuId.MAX_CPUS; n++) {
            if ((mask >>> n & 1) != 0) {
                numbers.add(Integer.toString(n));
            }
        }
        return numbers.toString();
    }
}

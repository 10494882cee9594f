package helix.api.kernel;

/**
 * Number of a kernel CPU: a place where one kernel thread runs at a time. Not a processor of the host.
 *
 * @param number from 0, dense
 */
public record CpuId(int number) implements Comparable<CpuId> {

    /** Most CPUs a kernel can have; what one {@link CpuSet} can name. */
    public static final int MAX_CPUS = 64;

    public CpuId {
        if (number < 0 || number >= MAX_CPUS) {
            throw new IllegalArgumentException("CPU number " + number + " is not in 0.." + (MAX_CPUS - 1));
        }
    }

    /** For shells: {@code "1"}. */
    public CpuId(String number) {
        this(Integer.parseInt(number));
    }

    @Override
    public int compareTo(CpuId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Integer.toString(number);
    }
}

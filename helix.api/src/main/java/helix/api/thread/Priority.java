package helix.api.thread;

/**
 * Importance of a kernel thread, 0 to 139. <b>Smaller is more important.</b> Below 100 is real time; 100 to 139 are the
 * nice values -20 to 19.
 *
 * @param level the number
 */
public record Priority(int level) implements Comparable<Priority> {

    /** How many levels there are. */
    public static final int LEVELS = 140;

    public static final Priority REAL_TIME = new Priority(50);
    public static final Priority HIGH = new Priority(105);
    public static final Priority ABOVE_NORMAL = new Priority(110);
    public static final Priority NORMAL = new Priority(120);
    public static final Priority BELOW_NORMAL = new Priority(130);
    public static final Priority IDLE = new Priority(139);

    public Priority {
        if (level < 0 || level >= LEVELS) {
            throw new IllegalArgumentException("priority " + level + " is not in 0.." + (LEVELS - 1));
        }
    }

    /** @param nice -20 (most important) to 19 */
    public static Priority ofNice(int nice) {
        if (nice < -20 || nice > 19) {
            throw new IllegalArgumentException("nice " + nice + " is not in -20..19");
        }
        return new Priority(120 + nice);
    }

    /** Negative when this is more important than {@code other}. */
    @Override
    public int compareTo(Priority other) {
        return Integer.compare(level, other.level);
    }

    @Override
    public String toString() {
        return Integer.toString(level);
    }
}

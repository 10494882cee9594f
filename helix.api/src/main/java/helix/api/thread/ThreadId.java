package helix.api.thread;

/**
 * Number of a kernel thread, from 1, never used twice.
 *
 * @param number the number
 */
public record ThreadId(long number) {

    /** For shells: {@code "17"}. */
    public ThreadId(String number) {
        this(Long.parseLong(number));
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}

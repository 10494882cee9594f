package helix.api.module;

/**
 * A module's answer to the question how it is.
 *
 * @param healthy whether it can serve
 * @param detail why not, or something worth knowing; may be empty
 */
public record Health(boolean healthy, String detail) {

    /** Healthy, nothing to add. */
    public static final Health OK = new Health(true, "");

    public static Health failed(String detail) {
        return new Health(false, detail);
    }
}

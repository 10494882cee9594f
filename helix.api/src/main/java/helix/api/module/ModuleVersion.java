package helix.api.module;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a module: three numbers of 16 bits each.
 *
 * @param major changes when the module can no longer stand in for the one before
 * @param minor changes when it can do more
 * @param patch changes otherwise
 */
public record ModuleVersion(int major, int minor, int patch) implements Comparable<ModuleVersion> {

    /** What a module has that says nothing. */
    public static final ModuleVersion NONE = new ModuleVersion(0, 0, 0);

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,5})(?:\\.(\\d{1,5})(?:\\.(\\d{1,5})(?:\\.[\\w-]+)?)?)?(?:[+-][\\w.-]+)?");
    private static final int LIMIT = 0xFFFF;

    public ModuleVersion {
        if (major < 0 || minor < 0 || patch < 0 || major > LIMIT || minor > LIMIT || patch > LIMIT) {
            throw new IllegalArgumentException(
                    "version " + major + "." + minor + "." + patch + " has a part outside 0.." + LIMIT);
        }
    }

    /**
     * Reads {@code 1}, {@code 1.2} or {@code 1.2.3}; a qualifier behind is dropped.
     *
     * @throws IllegalArgumentException when the text is no version
     */
    public static ModuleVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no version such as 1.2.3");
        }
        return new ModuleVersion(part(matcher, 1), part(matcher, 2), part(matcher, 3));
    }

    private static int part(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** Says whether one may stand in for the other: same major. */
    public boolean isCompatibleWith(ModuleVersion other) {
        return major == other.major;
    }

    @Override
    public int compareTo(ModuleVersion other) {
        int order = Integer.compare(major, other.major);
        if (order == 0) {
            order = Integer.compare(minor, other.minor);
        }
        return order != 0 ? order : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}

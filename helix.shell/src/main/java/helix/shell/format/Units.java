package helix.shell.format;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Numbers and words as operators read them. */
final class Units {

    private static final double NS_PER_MS = 1e6;

    private Units() {}

    /** {@code 3.214 ms}. */
    static String millis(long ns) {
        return ms(ns) + " ms";
    }

    /** {@code 3.214}, for columns that name the unit. */
    static String ms(long ns) {
        return String.format(Locale.ROOT, "%.3f", ns / NS_PER_MS);
    }

    /** {@code 1 d 2 h 3 min 4.5 s}; parts in front that are 0 are left out. */
    static String span(Duration time) {
        StringBuilder text = new StringBuilder();
        part(text, time.toDaysPart(), "d");
        part(text, time.toHoursPart(), "h");
        part(text, time.toMinutesPart(), "min");
        double seconds = time.toSecondsPart() + time.toMillisPart() / 1e3;
        return text.append(String.format(Locale.ROOT, "%.3f s", seconds)).toString();
    }

    private static void part(StringBuilder text, long count, String unit) {
        if (count > 0 || text.length() > 0) {
            text.append(count).append(' ').append(unit).append(' ');
        }
    }

    /** {@code Rolled back} for {@code ROLLED_BACK}. */
    static String word(Enum<?> constant) {
        String lower = constant.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }

    static String orDash(Optional<?> value) {
        return value.map(Object::toString).orElse("-");
    }

    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}

package helix.shell.command;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The words behind a command that were no option, taken one after the other. Gogo would refuse a wrong number of words
 * or an unknown option with "Cannot coerce"; this says what is wrong and what there is. Not thread-safe.
 */
final class Words {

    private static final Pattern OPTION = Pattern.compile("--[a-z]+");

    private final String usage;
    private final Deque<String> rest = new ArrayDeque<>();
    private final Map<String, String> values = new HashMap<>();

    /**
     * @param usage {@code "threads <name> [--limit N] [--json]"}: the name first, every option in it, and behind an
     *     option that takes a value a word in capitals; the options without value are taken out by Gogo
     * @param words as Gogo gives them, where {@code null} is the word null
     * @throws CommandException when an option is unknown or lacks its value
     */
    Words(String usage, String... words) {
        this.usage = usage;
        Iterator<String> given =
                Arrays.stream(words).map(word -> word == null ? "null" : word).iterator();
        while (given.hasNext()) {
            add(given.next(), given);
        }
    }

    private void add(String word, Iterator<String> following) {
        if (word.length() < 2 || !word.startsWith("-")) {
            rest.add(word);
        } else if (Pattern.compile(Pattern.quote(word) + " [A-Z]")
                        .matcher(usage)
                        .find()
                && following.hasNext()) {
            values.put(word, following.next());
        } else {
            throw CommandException.usage(problemWith(word));
        }
    }

    private String problemWith(String word) {
        List<String> options =
                OPTION.matcher(usage).results().map(MatchResult::group).toList();
        if (options.contains(word)) {
            return "option '" + word + "' lacks its value, or is given twice; usage: helix:" + usage;
        }
        return "unknown option '" + word + "' of helix:" + name() + ", have " + new TreeSet<>(options);
    }

    /** The value given with an option. */
    Optional<String> value(String option) {
        return Optional.ofNullable(values.get(option));
    }

    private String name() {
        return usage.split(" ", 2)[0];
    }

    /** Takes the next word. {@code what} names it when it is missing. */
    String next(String what) {
        return optional().orElseThrow(() -> CommandException.usage("no " + what + " given; usage: helix:" + usage));
    }

    Optional<String> optional() {
        return Optional.ofNullable(rest.poll());
    }

    /** Says that no word may be left. */
    void end() {
        if (!rest.isEmpty()) {
            throw CommandException.usage("'" + rest.peek() + "' is one word too many; usage: helix:" + usage);
        }
    }
}

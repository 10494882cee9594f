package helix.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What was asked on the command line.
 *
 * @param action what to do
 * @param commands shell commands given with {@code -c}
 * @param clean forget the framework's cache before booting
 * @param console whether a kernel that runs in the foreground opens the local console
 */
record CommandLine(Action action, Optional<String> commands, boolean clean, boolean console) {

    /** The verbs. */
    enum Action {
        /** Boot in this process. */
        RUN,
        START,
        STOP,
        STATUS,
        /** Talk to the running kernel. */
        SHELL,
        VERSION,
        HELP
    }

    static final String HELP = """
            usage: helix [--clean] [--no-console]         boot and open the local console
                   helix [--clean] -c '<commands>'        boot, run shell commands, stop; ends with their status
                   helix [--clean] start                  boot in the background
                   helix stop | status                    stop it; say whether it runs (0 yes, 1 no)
                   helix shell [-c '<commands>']          talk to the running kernel
                   helix --version | --help

            --clean        forget the framework's cache of bundles; configuration and data stay
            --no-console   no local console: for supervisors; SIGTERM stops the kernel

            environment    HELIX_DATA  data directory     HELIX_ETC  configuration directory
                           JAVA_HOME   JDK 17 or newer    JAVA_OPTS, HELIX_OPTS  options of the virtual machine
            exit codes     0 ok, 1 failed, 2 usage, 5 data directory in use, 10 start me again, 70 panic,
                           78 bad configuration, 130 ended by SIGINT, 143 by SIGTERM""";

    private static final String KNOWN =
            "have [start, stop, status, shell, -c, --clean, --no-console, --version, --help]";

    /** @throws LauncherException USAGE when the arguments make no sense together */
    static CommandLine parse(List<String> arguments) throws LauncherException {
        return new Parser(arguments).parse();
    }

    private static LauncherException usage(String message) {
        return new LauncherException(ExitCode.USAGE, message);
    }

    /** One pass over the words. */
    private static final class Parser {

        private final Deque<String> words;
        private Optional<Action> action = Optional.empty();
        private Optional<String> commands = Optional.empty();
        private boolean clean;
        private boolean console = true;

        Parser(List<String> arguments) {
            words = new ArrayDeque<>(arguments);
        }

        CommandLine parse() throws LauncherException {
            while (!words.isEmpty()) {
                accept(words.pop());
            }
            Action chosen = action.orElse(Action.RUN);
            if (commands.isPresent() && chosen != Action.RUN && chosen != Action.SHELL) {
                throw usage("-c goes with no verb or with 'shell', not with '" + word(chosen) + "'");
            }
            if (clean && chosen != Action.RUN && chosen != Action.START) {
                throw usage("--clean goes with booting, not with '" + word(chosen) + "'");
            }
            if (!console && chosen != Action.RUN) {
                throw usage("--no-console goes with booting in the foreground, not with '" + word(chosen) + "'");
            }
            return new CommandLine(chosen, commands, clean, console && commands.isEmpty());
        }

        private void accept(String word) throws LauncherException {
            switch (word) {
                case "-c" -> commands = Optional.of(text());
                case "--clean" -> clean = true;
                case "--no-console" -> console = false;
                case "start" -> choose(Action.START);
                case "stop" -> choose(Action.STOP);
                case "status" -> choose(Action.STATUS);
                case "shell" -> choose(Action.SHELL);
                case "--version" -> choose(Action.VERSION);
                case "--help", "-h" -> choose(Action.HELP);
                default -> throw usage("unknown argument '" + word + "', " + KNOWN);
            }
        }

        private String text() throws LauncherException {
            if (commands.isPresent()) {
                throw usage("-c was given twice; join commands with ';'");
            }
            if (words.isEmpty() || words.peek().isBlank()) {
                throw usage("-c needs the commands to run, for example -c 'helix:slots'");
            }
            return words.pop();
        }

        private void choose(Action chosen) throws LauncherException {
            if (action.isPresent()) {
                throw usage("'" + word(action.get()) + "' and '" + word(chosen) + "' exclude each other");
            }
            action = Optional.of(chosen);
        }

        private static String word(Action action) {
            return switch (action) {
                case RUN -> "booting";
                case START -> "start";
                case STOP -> "stop";
                case STATUS -> "status";
                case SHELL -> "shell";
                case VERSION -> "--version";
                case HELP -> "--help";
            };
        }
    }
}

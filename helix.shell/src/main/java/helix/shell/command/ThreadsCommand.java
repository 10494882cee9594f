package helix.shell.command;

import helix.api.thread.MachineView;
import helix.api.thread.ThreadView;
import helix.api.thread.Threads;
import helix.shell.format.ThreadListing;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:threads}: the kernel threads, the first of very many. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(scope = "helix", function = "threads")
public final class ThreadsCommand implements HelixCommand {

    private static final String USAGE = "threads [--limit N] [--json]";
    private static final String DEFAULT_LIMIT = "50";

    private final Threads threads;

    @Activate
    public ThreadsCommand(@Reference Threads threads) {
        this.threads = threads;
    }

    @Descriptor("the kernel threads: " + USAGE)
    public Object threads(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("--limit and how many to show") String... words) {
        return Answer.of(json, () -> {
            Words rest = new Words(USAGE, words);
            rest.end();
            return list(parse(rest.value("--limit").orElse(DEFAULT_LIMIT)));
        });
    }

    private ThreadListing list(int limit) {
        List<ThreadView> shown = threads.list(limit);
        MachineView machine = threads.machine();
        long all = machine.ready() + machine.running() + machine.waiting() + machine.zombies();
        // threads come and go between the two questions
        return new ThreadListing(machine, shown, shown.size() < limit ? 0 : Math.max(0, all - shown.size()));
    }

    private static int parse(String limit) {
        if (!limit.matches("\\d{1,9}")) {
            throw CommandException.usage("--limit '" + limit + "' is no number in 0..999999999");
        }
        return Integer.parseInt(limit);
    }
}

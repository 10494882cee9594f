package helix.shell.command;

import helix.api.kernel.CpuId;
import helix.api.thread.CpuView;
import helix.api.thread.Cpus;
import java.util.List;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.apache.felix.service.command.annotations.GogoCommand;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code helix:cpus}: the kernel's CPUs; takes one offline or back. Thread-safe. */
@Component(service = HelixCommand.class)
@GogoCommand(scope = "helix", function = "cpus")
public final class CpusCommand implements HelixCommand {

    private static final String USAGE = "cpus [offline <cpu> | online <cpu>] [--json]";

    private final Cpus cpus;

    @Activate
    public CpusCommand(@Reference Cpus cpus) {
        this.cpus = cpus;
    }

    @Descriptor("the kernel's CPUs, after one was taken offline or online: " + USAGE)
    public Object cpus(
            @Descriptor("answer in JSON") @Parameter(names = "--json", presentValue = "true", absentValue = "false")
                    boolean json,
            @Descriptor("offline or online, and the number of a CPU") String... words) {
        return Answer.of(json, () -> {
            Words rest = new Words(USAGE, words);
            rest.optional().ifPresent(verb -> change(verb, rest));
            rest.end();
            return cpus.list();
        });
    }

    private void change(String verb, Words words) {
        if (!List.of("offline", "online").contains(verb)) {
            throw CommandException.usage("unknown word '" + verb + "', have [offline, online]");
        }
        CpuId cpu = parse(words.next("cpu"));
        words.end();
        if (verb.equals("offline")) {
            cpus.offline(cpu);
        } else {
            cpus.online(cpu);
        }
    }

    private CpuId parse(String word) {
        List<CpuId> all = cpus.list().stream().map(CpuView::id).toList();
        return all.stream()
                .filter(id -> id.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("'" + word + "' is no CPU, have " + all));
    }
}

package helix.shell.format;

import helix.api.slot.CandidateView;
import helix.api.slot.SlotView;
import helix.api.slot.SwapReport;
import helix.api.thread.CpuView;
import helix.api.thread.MachineView;
import helix.shell.ShellSession;
import java.util.List;
import java.util.Locale;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Component;

/** Shows what the commands return: tables for lists, sentences for reports. Stateless. */
@Component(service = Converter.class)
public final class HelixConverter implements Converter {

    /** Nothing is read from words here; null says so to Gogo. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    /** @return null for what is not of this bundle */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        if (level != INSPECT) {
            return null;
        }
        boolean drawing = escape instanceof CommandSession session && ShellSession.isDrawing(session);
        if (target instanceof SwapReport report) {
            return SwapReportText.of(report);
        } else if (target instanceof SwapHistory history) {
            return history(history, drawing);
        } else if (target instanceof ThreadListing listing) {
            return threads(listing, drawing);
        } else if (target instanceof Uptime uptime) {
            return uptime(uptime);
        }
        return target instanceof List<?> list ? list(list, drawing) : null;
    }

    private static CharSequence list(List<?> list, boolean drawing) {
        Table table = null;
        if (isOf(SlotView.class, list)) {
            table = Tables.slots(cast(SlotView.class, list));
        } else if (isOf(CandidateView.class, list)) {
            table = Tables.modules(cast(CandidateView.class, list));
        } else if (isOf(CpuView.class, list)) {
            table = Tables.cpus(cast(CpuView.class, list));
        }
        return table == null ? null : table.render(drawing);
    }

    private static boolean isOf(Class<?> type, List<?> list) {
        return !list.isEmpty() && list.stream().allMatch(type::isInstance);
    }

    private static <T> List<T> cast(Class<T> type, List<?> list) {
        return list.stream().map(type::cast).toList();
    }

    private static String history(SwapHistory history, boolean drawing) {
        String forgotten = history.forgotten() == 0
                ? ""
                : "\n" + Units.count(history.forgotten(), "older swap") + " not remembered";
        return (history.swaps().isEmpty()
                        ? "no swaps yet"
                        : Tables.swaps(history.swaps()).render(drawing))
                + forgotten;
    }

    private static String threads(ThreadListing listing, boolean drawing) {
        MachineView machine = listing.machine();
        StringBuilder text = new StringBuilder();
        if (!listing.threads().isEmpty()) {
            text.append(Tables.threads(listing.threads()).render(drawing)).append('\n');
        }
        if (listing.more() > 0) {
            text.append("and ").append(listing.more()).append(" more, see --limit\n");
        }
        text.append(String.format(
                Locale.ROOT,
                "%d ready, %d running, %d waiting, %d zombies; %d switches, %d lost CPUs, %d compensated, "
                        + "%d deferred ticks, %d scheduler faults, %d refills",
                machine.ready(),
                machine.running(),
                machine.waiting(),
                machine.zombies(),
                machine.switches(),
                machine.lostCpus(),
                machine.compensated(),
                machine.deferredTicks(),
                machine.schedulerFaults(),
                machine.refills()));
        machine.stalled().ifPresent(why -> text.append("\nSTALLED: ").append(why));
        return text.toString();
    }

    private static String uptime(Uptime uptime) {
        return "up " + Units.span(uptime.up())
                + uptime.boot().map(boot -> ", booted in " + Units.span(boot)).orElse("")
                + "\nHelix " + uptime.version() + ", JVM " + uptime.jvm();
    }
}

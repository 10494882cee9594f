package helix.shell.command;

import helix.api.slot.HotSwap;
import helix.api.slot.Slots;
import helix.api.thread.Cpus;
import helix.shell.Fakes;
import helix.shell.system.BootClock;
import helix.shell.system.PowerSwitch;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;

/** Makes the commands and adds them to Gogo. */
public final class TestCommands {

    private TestCommands() {}

    public static void addTo(
            CommandProcessorImpl gogo, Slots slots, HotSwap hotSwap, Cpus cpus, CountDownLatch stopped) {
        BootClock clock = new BootClock(() -> Duration.ofMillis(93_784_005));
        clock.ready();
        PowerSwitch power = new PowerSwitch(() -> {
            stopped.countDown();
            return null;
        });
        add(gogo, new SlotsCommand(slots), "slots", "modules");
        add(gogo, new SwapCommand(slots, hotSwap, Duration.ofMillis(200)), "swap");
        add(gogo, new LoadCommand(slots, hotSwap), "load", "unload", "replace");
        add(gogo, new HistoryCommand(hotSwap), "history");
        add(gogo, new ThreadsCommand(Fakes.threads(1_000, null)), "threads");
        add(gogo, new CpusCommand(cpus), "cpus");
        add(gogo, new UptimeCommand(clock, "0.1.0"), "uptime");
        add(gogo, new ShutdownCommand(power), "shutdown");
    }

    private static void add(CommandProcessorImpl gogo, HelixCommand command, String... functions) {
        for (String function : functions) {
            gogo.addCommand("helix", command, function);
        }
    }
}

package helix.shell.command;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.slot.SwapKind;
import helix.api.slot.SwapRequest;
import helix.shell.Fakes;
import helix.shell.GogoFixture;
import helix.shell.system.PowerSwitch;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The commands as Gogo calls them. */
class CommandsTest {

    private final GogoFixture gogo = new GogoFixture();

    @AfterEach
    void close() {
        gogo.close();
        System.clearProperty(PowerSwitch.EXIT_PROPERTY);
    }

    @Test
    void shouldShowSlotsAsTable() throws Exception {
        assertThat(gogo.show("helix:slots").lines()).first().asString().startsWith("ID | Slot      | State  | Module");
        assertThat(gogo.show("slots")).contains(" 7 | scheduler | Active | roundrobin@1.0.0 | ");
    }

    @Test
    void shouldAnswerOneJsonDocumentWhenAsked() throws Exception {
        assertThat(gogo.show("helix:slots --json"))
                .startsWith("[{\"id\":7,\"name\":\"scheduler\",\"category\":\"SCHEDULER\"")
                .contains("\"occupant\":\"roundrobin@1.0.0\"", "\"lastSwap\":\"2026-01-02T03:04:05Z\"")
                .doesNotContain("busyWith")
                .endsWith("}]");
    }

    @Test
    void shouldAskForSwapWithEverythingTyped() throws Exception {
        gogo.session.execute("helix:swap scheduler prio@1.2.0 --fresh -f");

        SwapRequest request = gogo.hotSwap.asked.get(0);
        assertThat(request.kind()).isEqualTo(SwapKind.SWAP);
        assertThat(request.module()).isEqualTo("prio");
        assertThat(request.version()).hasToString("Optional[1.2.0]");
        assertThat(request.fresh()).isTrue();
        assertThat(request.force()).isTrue();
        assertThat(request.requester()).isEqualTo(System.getProperty("user.name") + "@local");
    }

    @Test
    void shouldTakeNumberOfSlotInsteadOfName() throws Exception {
        gogo.session.execute("helix:unload 7");

        assertThat(gogo.hotSwap.asked.get(0).slot()).hasToString("scheduler");
        assertThat(gogo.hotSwap.asked.get(0).kind()).isEqualTo(SwapKind.UNLOAD);
    }

    @Test
    void shouldLoadAndReplace() throws Exception {
        gogo.session.execute("helix:load scheduler rr; helix:replace scheduler rr");

        assertThat(gogo.hotSwap.asked).extracting(SwapRequest::kind).containsExactly(SwapKind.LOAD, SwapKind.REPLACE);
    }

    @Test
    void shouldNameSlotsWhenSlotIsUnknown() {
        assertThatThrownBy(() -> gogo.session.execute("helix:swap 8 rr"))
                .hasToString("NOT_FOUND: no slot '8', have [scheduler]");
        assertThatThrownBy(() -> gogo.session.execute("helix:swap null rr"))
                .hasToString("NOT_FOUND: no slot 'null', have [scheduler]");
    }

    @Test
    void shouldShowMessageOfKernelAsItIs() {
        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler nosuch"))
                .hasToString("NOT_FOUND: no module 'nosuch' for slot 'scheduler', have [priority, roundrobin]");
    }

    @Test
    void shouldNameOptionsWhenOptionIsUnknown() {
        assertThatThrownBy(() -> gogo.session.execute("helix:swap --frsh scheduler rr"))
                .hasToString("INVALID_ARGUMENT: unknown option '--frsh' of helix:swap, "
                        + "have [--force, --fresh, --json]");
    }

    @Test
    void shouldTellUsageWhenWordsAreMissingOrTooMany() {
        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler"))
                .hasMessageStartingWith("no module given; usage: helix:swap <slot> <module>");
        assertThatThrownBy(() -> gogo.session.execute("helix:slots all"))
                .hasMessage("'all' is one word too many; usage: helix:slots [--json]");
    }

    @Test
    void shouldRefuseVersionThatIsNone() {
        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler rr@newest"))
                .hasToString("INVALID_ARGUMENT: 'newest' is no version such as 1.2.3");
    }

    @Test
    void shouldFailWithTheReportWhenSwapDidNotHappen() {
        gogo.hotSwap.answer = CompletableFuture.completedFuture(Fakes.busy());

        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler prio"))
                .isInstanceOfSatisfying(
                        SwapFailedException.class, e -> assertThat(e.answer()).isEqualTo(Fakes.busy()))
                .hasMessage("#12 scheduler: swapping roundrobin@1.0.0 for priority@1.0.0 gave up, "
                        + "calls in flight did not leave: 1 call did not leave");
        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler prio --json"))
                .isInstanceOfSatisfying(
                        SwapFailedException.class,
                        e -> assertThat((String) e.answer()).contains("\"outcome\":\"BUSY\""));
    }

    @Test
    void shouldSayThatSwapGoesOnWhenItTakesTooLong() {
        gogo.hotSwap.answer = new CompletableFuture<>();

        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler prio"))
                .hasToString("TIMED_OUT: the SWAP of slot 'scheduler' did not end within 200 ms and goes on; "
                        + "see helix:slots and helix:history");
    }

    @Test
    void shouldUnwrapWhatTheKernelThrewLater() {
        gogo.hotSwap.answer = CompletableFuture.failedFuture(new IllegalStateException("broken"));

        assertThatThrownBy(() -> gogo.session.execute("helix:swap scheduler prio"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @Test
    void shouldShowFirstOfVeryManyThreads() throws Exception {
        String shown = gogo.show("helix:threads --limit 2");

        assertThat(shown)
                .contains("worker-2", "and 998 more, see --limit", "1 ready, 2 running, 997 waiting")
                .doesNotContain("worker-3", "STALLED");
    }

    @Test
    void shouldShowFiftyThreadsUnlessTold() throws Exception {
        assertThat(gogo.show("threads")).contains("worker-50", "and 950 more").doesNotContain("worker-51");
    }

    @Test
    void shouldRefuseLimitThatIsNoNumber() {
        assertThatThrownBy(() -> gogo.session.execute("threads --limit all"))
                .hasToString("INVALID_ARGUMENT: --limit 'all' is no number in 0..999999999");
        assertThatThrownBy(() -> gogo.session.execute("threads --limit"))
                .hasMessageStartingWith("option '--limit' lacks its value");
    }

    @Test
    void shouldTakeCpuOfflineAndShowIt() throws Exception {
        assertThat(gogo.show("cpus offline 1")).contains(" 1 | Offline |");
        assertThat(gogo.show("cpus online 1")).contains(" 1 | Online |");
    }

    @Test
    void shouldNameAlternativesOfCpus() {
        assertThatThrownBy(() -> gogo.session.execute("cpus ofline 1"))
                .hasToString("INVALID_ARGUMENT: unknown word 'ofline', have [offline, online]");
        assertThatThrownBy(() -> gogo.session.execute("cpus offline x"))
                .hasToString("INVALID_ARGUMENT: 'x' is no CPU, have [0, 1]");
        assertThatThrownBy(() -> gogo.session.execute("cpus offline 64"))
                .hasToString("INVALID_ARGUMENT: '64' is no CPU, have [0, 1]");
    }

    @Test
    void shouldTellUptime() throws Exception {
        assertThat(gogo.show("uptime"))
                .startsWith("up 1 d 2 h 3 min 4.005 s, booted in 1 d 2 h")
                .contains("Helix 0.1.0");
        assertThat(gogo.show("uptime --json")).startsWith("{\"up\":\"PT26H3M4.005S\"");
    }

    @Test
    void shouldShowHistoryAndOneReport() throws Exception {
        assertThat(gogo.show("helix:history"))
                .contains("12 | 2026-01-02T03:04:05Z | scheduler | Swap", "5 older swaps");
        assertThat(gogo.show("helix:history 12")).startsWith("#12 scheduler: swapped");
        assertThatThrownBy(() -> gogo.session.execute("helix:history 13"))
                .hasToString("NOT_FOUND: no swap '13', have 12 to 12");
    }

    @Test
    void shouldShowModules() throws Exception {
        assertThat(gogo.show("modules")).contains("priority@1.0.0 | Candidate | prio    | helix.scheduler/1");
    }

    @Test
    void shouldLeaveWordForLauncherAndStop() throws Exception {
        assertThat(gogo.session.execute("shutdown reboot")).isEqualTo("stopping: reboot");

        assertThat(gogo.stopped.await(10, SECONDS)).isTrue();
        assertThat(System.getProperty(PowerSwitch.EXIT_PROPERTY)).isEqualTo("reboot");
    }

    @Test
    void shouldNotStopForUnknownWord() {
        assertThatThrownBy(() -> gogo.session.execute("shutdown now"))
                .hasToString("INVALID_ARGUMENT: unknown word 'now', have [poweroff, reboot, halt]");
        assertThat(System.getProperty(PowerSwitch.EXIT_PROPERTY)).isNull();
        assertThat(gogo.stopped.getCount()).isEqualTo(1);
    }
}

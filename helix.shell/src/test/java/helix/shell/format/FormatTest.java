package helix.shell.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.api.kernel.CpuSet;
import helix.api.slot.SwapOutcome;
import helix.shell.Fakes;
import helix.shell.ShellSession;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.junit.jupiter.api.Test;

class FormatTest {

    private final HelixConverter converter = new HelixConverter();

    @Test
    void shouldAlignNumbersToTheRightAndDrawLinesWhereAllowed() {
        Table table = new Table(">ID", "Name").row(7, "a").row(12, "b");

        assertThat(table.render(true)).isEqualTo("ID │ Name\n───┼─────\n 7 │ a\n12 │ b");
        assertThat(table.render(false)).isEqualTo("ID | Name\n---+-----\n 7 | a\n12 | b");
    }

    @Test
    void shouldKeepControlCharactersOfModulesOffTheScreen() {
        assertThat(new Table("Remark").row("red \u001b[31m\nnext").render(false))
                .endsWith("red  [31m next");
    }

    @Test
    void shouldRefuseRowsThatDoNotFitTheHeader() {
        Table table = new Table("A", "B");

        assertThatThrownBy(() -> table.row(1)).hasMessage("1 cells for 2 columns");
    }

    @Test
    void shouldDrawLinesOnlyInSessionsThatShowThem() throws Exception {
        CommandSession session = new CommandProcessorImpl(null)
                .createSession(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream());
        ShellSession.prepare(session, "local", true);
        Converter inSession = (Converter) session;

        assertThat(converter.format(List.of(Fakes.slot("")), Converter.INSPECT, inSession))
                .contains(" │ ");
        assertThat(converter.format(List.of(Fakes.slot("")), Converter.INSPECT, null))
                .doesNotContain("│");
    }

    @Test
    void shouldLeaveValuesOfOthersAlone() {
        assertThat(converter.format(List.of("a"), Converter.INSPECT, null)).isNull();
        assertThat(converter.format(Fakes.busy(), Converter.LINE, null)).isNull();
        assertThat(converter.convert(String.class, "a")).isNull();
    }

    @Test
    void shouldTellSwapInSentences() {
        assertThat(SwapReportText.of(Fakes.report(SwapOutcome.SWAPPED, null))).isEqualTo("""
                        #12 scheduler: swapped roundrobin@1.0.0 for priority@1.0.0
                          state     carried by reference (ready=62, levels=4)
                          calls     2 calls in flight, callers held for 0.039 ms, gate closed 1 time
                          serving   priority@1.0.0
                          phases    verify 0.001 ms, quiesce 0.041 ms
                          asked by  root@local at 2026-01-02T03:04:05Z, tick 4711""");
    }

    @Test
    void shouldTellReasonAndStackWhenBusy() {
        assertThat(SwapReportText.of(Fakes.busy()))
                .contains(
                        "  reason    BUSY in QUIESCE: 1 call did not leave\n",
                        "  serving   roundrobin@1.0.0\n",
                        "\n      at Pricing.slow(Pricing.java:7)");
    }

    @Test
    void shouldTellThatMachineIsStalled() {
        ThreadListing listing = new ThreadListing(Fakes.machine(0, "no scheduler serves"), List.of(), 0);

        assertThat(converter.format(listing, Converter.INSPECT, null)).endsWith("\nSTALLED: no scheduler serves");
    }

    @Test
    void shouldSayWhenThereWasNoSwapYet() {
        assertThat(converter.format(new SwapHistory(List.of(), 0), Converter.INSPECT, null))
                .isEqualTo("no swaps yet");
    }

    @Test
    void shouldWriteJsonOfEverythingCommandsReturn() {
        assertThat(Json.write(Fakes.busy()))
                .contains(
                        "\"slot\":\"scheduler\"",
                        "\"failure\":{\"phase\":\"QUIESCE\",\"code\":\"BUSY\"",
                        "\"phaseNs\":{\"VERIFY\":1000,\"QUIESCE\":41000}",
                        "\"carried\":{\"ready\":62,\"levels\":4}");
        assertThat(Json.write(Fakes.thread(3)))
                .startsWith("{\"id\":3,\"name\":\"worker-3\",\"state\":\"BLOCKED\"")
                .contains("\"priority\":120", "\"affinity\":\"all\"", "\"flags\":[]")
                .doesNotContain("\"cpu\"");
        assertThat(Json.write(new Uptime(Duration.ofSeconds(5), Optional.empty(), "1", "17")))
                .isEqualTo("{\"up\":\"PT5S\",\"version\":\"1\",\"jvm\":\"17\"}");
    }

    @Test
    void shouldWriteJsonOfPlainValues() {
        assertThat(Json.write("a \"b\"\n")).isEqualTo("\"a \\\"b\\\"\\n\"");
        assertThat(Json.write(Arrays.asList(true, null, 1.5, Optional.of(2)))).isEqualTo("[true,null,1.5,2]");
        assertThat(Json.write(Map.of("k", OptionalInt.of(1)))).isEqualTo("{\"k\":\"OptionalInt[1]\"}");
        assertThat(Json.write(new CpuSet(5))).isEqualTo("\"0,2\"");
    }
}

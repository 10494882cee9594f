package helix.launcher;

import static helix.launcher.FakeShell.frame;
import static helix.launcher.FakeShell.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ShellClientTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void shouldCopyOutputAndErrorsAndReturnTheStatus() throws Exception {
        byte[] answer = join(frame('O', "Zeit: 5 µs\n"), frame('E', "no slot\n"), frame('X', "3"));
        try (FakeShell shell = FakeShell.answering(folder, List.of(answer))) {
            assertThat(execute(shell, "helix:slots")).isEqualTo(3);

            assertThat(shell.received().get(5, TimeUnit.SECONDS)).isEqualTo("helix:slots");
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Zeit: 5 µs\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("no slot\n");
    }

    @Test
    void shouldFailWhenTheServerDiesInTheMiddleOfAFrame() throws Exception {
        assertThat(refusalOf(frame('O', 100, "half"))).hasMessageContaining("closed the connection");
    }

    @Test
    void shouldFailWhenTheServerDiesBeforeTheStatus() throws Exception {
        assertThat(refusalOf(frame('O', "almost"))).hasMessageContaining("closed the connection");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("almost");
    }

    @Test
    void shouldRefuseAFrameOfUnknownType() throws Exception {
        assertThat(refusalOf(frame('Q', "")))
                .hasMessageContaining("unknown type 81")
                .hasMessageContaining("[O, E, X]");
    }

    @Test
    void shouldRefuseAFrameThatIsTooLongWithoutReadingIt() throws Exception {
        assertThat(refusalOf(frame('O', ShellClient.MAX_FRAME + 1, ""))).hasMessageContaining("1048577 bytes");
        assertThat(out.size()).isZero();
    }

    @Test
    void shouldRefuseANegativeLength() throws Exception {
        assertThat(refusalOf(frame('O', -1, ""))).hasMessageContaining("4294967295 bytes");
    }

    @Test
    void shouldRefuseAStatusThatIsNoNumber() throws Exception {
        assertThat(refusalOf(frame('X', "fine"))).hasMessageContaining("'fine'");
    }

    @Test
    void shouldTakeAFrameOfExactlyTheLimit() throws Exception {
        byte[] answer = join(frame('O', "x".repeat(ShellClient.MAX_FRAME)), frame('X', "0"));
        try (FakeShell shell = FakeShell.answering(folder, List.of(answer))) {
            assertThat(execute(shell, "big")).isZero();
        }
        assertThat(out.size()).isEqualTo(ShellClient.MAX_FRAME);
    }

    @Test
    void shouldEndEveryAnswerOfRandomBytesWithAStatusOrARefusal() throws Exception {
        Random random = new Random(20_26);
        for (int round = 0; round < 50; round++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            Path own = java.nio.file.Files.createDirectory(folder.resolve("r" + round));
            try (FakeShell shell = FakeShell.answering(own, List.of(noise))) {
                LauncherException refusal =
                        catchThrowableOfType(LauncherException.class, () -> execute(shell, "noise"));
                assertThat(refusal.exitCode()).isEqualTo(ExitCode.FAILED);
            }
        }
    }

    @Test
    void shouldNotSendCommandsOverTheLimit() throws Exception {
        try (FakeShell shell = FakeShell.answering(folder, List.of(frame('X', "0")))) {
            LauncherException refusal = catchThrowableOfType(
                    LauncherException.class, () -> execute(shell, "x".repeat(ShellClient.MAX_FRAME + 1)));

            assertThat(refusal).hasMessageContaining("at most 1048576");
        }
    }

    @Test
    void shouldSayWhereWhenNobodyListens() {
        UnixDomainSocketAddress nobody = UnixDomainSocketAddress.of(folder.resolve("nobody"));

        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> ShellClient.connect(nobody));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refusal).hasMessageContaining(nobody.toString());
    }

    @Test
    void shouldReturnTheStatusOfTheLastLineWhenTheInputEnds() throws Exception {
        List<byte[]> answers = List.of(frame('X', "0"), join(frame('O', "2nd"), frame('X', "4")));
        try (FakeShell shell = FakeShell.answering(folder, answers);
                ShellClient client = ShellClient.connect(shell.address())) {
            assertThat(session(client, "first\n\n  \nsecond\n")).isEqualTo(4);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("2nd");
    }

    @Test
    void shouldLeaveTheSessionWithoutTellingTheKernel() throws Exception {
        try (FakeShell shell = FakeShell.answering(folder, List.of(frame('X', "4")));
                ShellClient client = ShellClient.connect(shell.address())) {
            assertThat(session(client, "exit\nnever sent\n")).isZero();
            assertThat(shell.received()).isNotDone();
        }
    }

    private int session(ShellClient client, String input) throws IOException, LauncherException {
        return new ShellSession(client, printer(out), printer(err))
                .run(LineSource.of(new BufferedReader(new StringReader(input))));
    }

    private LauncherException refusalOf(byte[] answer) throws IOException {
        try (FakeShell shell = FakeShell.answering(folder, List.of(answer))) {
            LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> execute(shell, "any"));
            assertThat(refusal.exitCode()).isEqualTo(ExitCode.FAILED);
            return refusal;
        }
    }

    private int execute(FakeShell shell, String command) throws LauncherException, IOException {
        try (ShellClient client = ShellClient.connect(shell.address())) {
            return client.execute(command, printer(out), printer(err));
        }
    }

    private static PrintStream printer(ByteArrayOutputStream target) {
        return new PrintStream(target, true, StandardCharsets.UTF_8);
    }
}

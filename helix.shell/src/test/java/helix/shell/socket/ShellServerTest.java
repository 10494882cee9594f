package helix.shell.socket;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import helix.shell.Fakes;
import helix.shell.GogoFixture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.service.command.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The local socket with the real Gogo behind it. */
@Timeout(60)
class ShellServerTest {

    private final GogoFixture gogo = new GogoFixture();
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @TempDir
    Path data;

    private ShellServer server;

    @BeforeEach
    void open() throws IOException {
        Function hang = (session, words) -> {
            hanging.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return "released";
        };
        gogo.processor.addCommand("test", hang, "hang");
        gogo.processor.addCommand("test", (Function) (session, words) -> "ä€😀".repeat(20_000), "long");
        server = ShellServer.open(gogo.processor, data, Duration.ofSeconds(20));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        gogo.close();
    }

    @Test
    void shouldAnswerWithFormattedValueAndExitZero() throws Exception {
        try (Client client = new Client(data)) {
            Client.Answer answer = client.ask("helix:slots");

            assertThat(answer.output()).startsWith("ID | Slot ").endsWith("\n");
            assertThat(answer.errors()).isEmpty();
            assertThat(answer.exit()).isZero();
        }
    }

    @Test
    void shouldAnswerErrorInOneLineAndExitOne() throws Exception {
        try (Client client = new Client(data)) {
            assertThat(client.ask("helix:swap scheduler nosuch"))
                    .isEqualTo(new Client.Answer(
                            "",
                            "NOT_FOUND: no module 'nosuch' for slot 'scheduler', have [priority, roundrobin]\n",
                            1));
            assertThat(client.ask("nosuch")).isEqualTo(new Client.Answer("", "Command not found: nosuch\n", 1));
            assertThat(client.ask("helix:slots (").exit()).isEqualTo(1);
        }
    }

    @Test
    void shouldShowReportOfFailedSwapAndExitOne() throws Exception {
        gogo.hotSwap.answer = CompletableFuture.completedFuture(Fakes.busy());

        try (Client client = new Client(data)) {
            Client.Answer answer = client.ask("helix:swap scheduler prio; helix:slots");

            assertThat(answer.output()).startsWith("#12 scheduler: swapping").contains("at Pricing.slow");
            assertThat(answer.errors()).startsWith("BUSY: #12 scheduler").endsWith("did not leave\n");
            assertThat(answer.exit()).isEqualTo(1);
            assertThat(client.ask("helix:swap scheduler prio --json").output())
                    .startsWith("{\"number\":12")
                    .endsWith("}\n");
        }
    }

    @Test
    void shouldRunProgramsWithPipesInOneSession() throws Exception {
        try (Client client = new Client(data)) {
            assertThat(client.ask("x = 5; helix:threads | grep worker-7").output())
                    .contains("worker-7 ");
            assertThat(client.ask("echo $x").output()).isEqualTo("5\n");
        }
        try (Client other = new Client(data)) {
            assertThat(other.ask("echo $x").output()).isEqualTo("null\n");
        }
    }

    @Test
    void shouldExitOneWhenAnyCommandFailed() throws Exception {
        try (Client client = new Client(data)) {
            assertThat(client.ask("helix:slots | grep nosuch").exit()).isEqualTo(1);
            assertThat(client.ask("helix:slots | grep nosuch; echo a").exit()).isEqualTo(1);
            assertThat(client.ask("nosuch | echo a").exit()).isEqualTo(1);
            assertThat(client.ask("helix:slots nosuch; echo a").output()).isEmpty();
            assertThat(client.ask("echo a").exit()).isZero();
        }
    }

    @Test
    void shouldAudit() throws Exception {
        try (Client client = new Client(data)) {
            client.ask("helix:swap scheduler prio");
        }

        assertThat(gogo.hotSwap.asked.get(0).requester()).isEqualTo(System.getProperty("user.name") + "@socket");
    }

    @Test
    void shouldCutLongAnswersBetweenCharacters() throws Exception {
        try (Client client = new Client(data)) {
            assertThat(client.ask("test:long").output()).isEqualTo("ä€😀".repeat(20_000) + "\n");
        }
    }

    @Test
    void shouldSendLinesWhileTheCommandRuns() throws Exception {
        try (Client client = new Client(data)) {
            client.send("echo first; test:hang");

            assertThat(client.frame()).isEqualTo("Ofirst\n");
            release.countDown();
            assertThat(client.answer().output()).isEqualTo("released\n");
        }
    }

    @Test
    void shouldNameKindOfErrorsThatAreNotMeantForOperators() throws Exception {
        gogo.hotSwap.answer = CompletableFuture.failedFuture(new IllegalStateException("broken\nbadly"));

        try (Client client = new Client(data)) {
            assertThat(client.ask("helix:swap scheduler prio").errors())
                    .isEqualTo("IllegalStateException: broken badly\n");
        }
    }

    @Test
    void shouldRefuseFramesBeyondLimitAndHangUp() throws Exception {
        for (int length : new int[] {FrameChannel.MAX_LENGTH + 1, -1}) {
            try (Client client = new Client(data)) {
                client.sendRaw(ByteBuffer.allocate(4).putInt(length).array());

                assertThat(client.answer().errors()).contains("a frame of " + Integer.toUnsignedString(length));
                client.awaitEnd();
            }
        }
    }

    @Test
    void shouldTakeFrameOfLimit() throws Exception {
        String text = "echo a " + " ".repeat(FrameChannel.MAX_LENGTH - 7);

        try (Client client = new Client(data)) {
            assertThat(client.ask(text)).isEqualTo(new Client.Answer("a\n", "", 0));
        }
    }

    @Test
    void shouldSurviveTextsThatAreNoneOrNestTooDeeply() throws Exception {
        try (Client client = new Client(data)) {
            client.sendRaw(new byte[] {0, 0, 0, 2, (byte) 0xC3, (byte) 0x28});
            assertThat(client.answer().errors()).isEqualTo("the command text is no UTF-8\n");
            assertThat(client.ask("(".repeat(500_000)).exit()).isEqualTo(1);
            assertThat(client.ask("echo a").exit()).isZero();
        }
    }

    @Test
    void shouldEndWhatRunsWhenClientDisappears() throws Exception {
        try (Client client = new Client(data)) {
            client.send("test:hang");
            assertThat(hanging.await(10, SECONDS)).isTrue();
        }

        assertThat(interrupted.await(10, SECONDS)).isTrue();
    }

    @Test
    void shouldSendAwayClientsBeyondTheLimitAndTakeThemLater() throws Exception {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < ShellServer.MAX_CONNECTIONS; i++) {
            Client client = new Client(data);
            clients.add(client);
            client.ask("echo a");
        }
        try (Client late = new Client(data)) {
            assertThat(late.answer()).isEqualTo(new Client.Answer("", "all 16 connections are in use\n", 1));
        }
        for (Client client : clients) {
            client.close();
        }
        assertThat(exitOnceTaken()).isZero();
    }

    /** The places come free when the server has noticed, a moment after the clients left. */
    private int exitOnceTaken() throws IOException {
        long deadlineNs = System.nanoTime() + SECONDS.toNanos(10);
        int exit = 1;
        while (exit != 0 && System.nanoTime() < deadlineNs) {
            try (Client client = new Client(data)) {
                exit = client.ask("echo a").exit();
            } catch (IOException e) {
                exit = 1; // hung up on before the question was sent
            }
        }
        return exit;
    }

    @Test
    void shouldDoNoHarmByHostileBytes() throws Exception {
        Random random = new Random(20260102);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(2_000)];
            random.nextBytes(bytes);
            if (i % 2 == 0 && bytes.length > 4) {
                // a frame that is taken, with rubbish in it
                ByteBuffer.wrap(bytes).putInt(bytes.length - 4);
            }
            try (Client client = new Client(data)) {
                client.sendRaw(bytes);
            } catch (IOException e) {
                assertThat(e).as("hung up on, which is fine").isNotNull();
            }
        }
        assertThat(exitOnceTaken()).isZero();
    }

    @Test
    void shouldAnswerWhatIsUnderWayBeforeItCloses() throws Exception {
        try (Client client = new Client(data)) {
            client.send("test:hang");
            assertThat(hanging.await(10, SECONDS)).isTrue();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(closing).as("waits for the answer").failsWithin(Duration.ofMillis(300));
            release.countDown();

            assertThat(client.answer().output()).isEqualTo("released\n");
            client.awaitEnd();
            closing.get(10, SECONDS);
        }
    }

    @Test
    void shouldBeOpenToItsOwnerOnly() throws Exception {
        Path socket =
                Path.of(Files.readString(data.resolve("run/shell.address")).strip());

        assertThat(socket).isAbsolute();
        assertThat(permissions(data.resolve("run"))).isEqualTo("rwx------");
        assertThat(permissions(socket)).isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveNothingBehind() throws Exception {
        server.close();

        assertThat(data.resolve("run")).isEmptyDirectory();
        assertThatThrownBy(() -> new Client(data)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldMoveSocketWhenPathIsTooLong() throws Exception {
        Path deep = Files.createDirectories(data.resolve("ä".repeat(60)));

        ShellServer moved = ShellServer.open(gogo.processor, deep, Duration.ZERO);
        Path socket =
                Path.of(Files.readString(deep.resolve("run/shell.address")).strip());
        try (Client client = new Client(deep)) {
            assertThat(client.ask("echo a").exit()).isZero();
            assertThat(permissions(socket.getParent())).isEqualTo("rwx------");
        } finally {
            moved.close();
        }
        assertThat(socket.getParent()).doesNotExist();
    }

    @Test
    void shouldReplaceSocketLeftByACrash() throws Exception {
        server.close();
        Files.createFile(data.resolve("run/shell.sock"));
        server = ShellServer.open(gogo.processor, data, Duration.ZERO);

        try (Client client = new Client(data)) {
            assertThat(client.ask("echo a").exit()).isZero();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

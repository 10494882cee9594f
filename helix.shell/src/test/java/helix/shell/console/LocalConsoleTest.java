package helix.shell.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import helix.shell.Fakes;
import helix.shell.GogoFixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

@Timeout(60)
class LocalConsoleTest {

    private final GogoFixture gogo = new GogoFixture();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @TempDir
    Path home;

    private BundleContext context;
    private LocalConsole console;

    @BeforeEach
    void writeProfile() throws Exception {
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/gosh_profile"), "greeting = hello\n");
        context = Fakes.proxy(BundleContext.class, (proxy, method, words) -> switch (words[0].toString()) {
            case "helix.home" -> home.toString();
            case "helix.node" -> "blue";
            default -> null;
        });
    }

    @AfterEach
    void close() throws IOException {
        console.close();
        gogo.close();
    }

    private void open(InputStream input) throws Exception {
        Terminal terminal = new DumbTerminal("test", Terminal.TYPE_DUMB, input, screen, UTF_8);
        console = LocalConsole.open(context, gogo.processor, terminal, ended::countDown);
    }

    private static InputStream typed(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    @Test
    void shouldReadProfileShowPromptAndEndWithItsInput() throws Exception {
        open(typed("helix:swap scheduler prio; echo $greeting\n"));

        assertThat(ended.await(30, SECONDS)).isTrue();

        assertThat(screen.toString(UTF_8)).contains("helix@blue> ", "hello");
        assertThat(gogo.hotSwap.asked.get(0).requester()).endsWith("@local");
    }

    @Test
    void shouldEndOnExit() throws Exception {
        PipedOutputStream keyboard = new PipedOutputStream();
        open(new PipedInputStream(keyboard));
        keyboard.write("exit\n".getBytes(UTF_8));
        keyboard.flush();

        assertThat(ended.await(30, SECONDS)).isTrue();
    }

    @Test
    void shouldShowErrorsInWordsOnly() throws Exception {
        open(typed("helix:swap 8 prio\n"));

        assertThat(ended.await(30, SECONDS)).isTrue();

        assertThat(screen.toString(UTF_8))
                .contains("NOT_FOUND: no slot '8', have [scheduler]")
                .doesNotContain("Exception");
    }

    @Test
    void shouldNotReportEndWhenItIsClosed() throws Exception {
        open(new PipedInputStream(new PipedOutputStream()));

        console.close();

        assertThat(ended.getCount()).isEqualTo(1);
    }
}

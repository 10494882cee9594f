package helix.shell.socket;

import helix.api.kernel.KernelException;
import helix.shell.ShellSession;
import helix.shell.command.SwapFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.apache.felix.service.command.Job;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;

/**
 * Runs the command texts of one connection in one Gogo session. One thread runs texts; {@link #close} may be called by
 * any other and interrupts what runs.
 *
 * <p>A text succeeds when none of its commands threw, set an error code, or failed inside a pipe.
 */
final class Session implements AutoCloseable {

    private static final String PIPE_EXCEPTION = "pipe-exception";

    private final FrameChannel channel;
    private final FrameOutput output;
    private final FrameOutput errors;
    private final CommandSession session;
    private final Terminal terminal;
    private final AtomicBoolean failed = new AtomicBoolean();

    Session(CommandProcessor processor, FrameChannel channel) throws IOException {
        this.channel = channel;
        this.output = new FrameOutput(channel, FrameChannel.OUTPUT);
        this.errors = new FrameOutput(channel, FrameChannel.ERROR);
        // Gogo's own commands look at the terminal before they colour or page
        this.terminal = new DumbTerminal(
                "helix", Terminal.TYPE_DUMB, InputStream.nullInputStream(), output, StandardCharsets.UTF_8);
        this.session = processor.createSession(InputStream.nullInputStream(), output, errors);
        session.put(Shell.VAR_TERMINAL, terminal);
        session.setJobListener((job, before, now) -> note(job, now));
        ShellSession.prepare(session, "socket", false);
    }

    private void note(Job job, Job.Status now) {
        if (now == Job.Status.Done && job.parent() == null) {
            boolean success = job.result() == null || job.result().isSuccess();
            if (!success || session.get(PIPE_EXCEPTION) != null) {
                failed.set(true);
            }
        }
    }

    /**
     * Runs one text and answers it, exit code included.
     *
     * @throws IOException when the peer is gone
     */
    void run(byte[] text) throws IOException {
        failed.set(false);
        try {
            for (String command : CommandText.commandsOf(decode(text))) {
                show(session.execute(command));
            }
        } catch (SwapFailedException e) {
            show(e.answer());
            fail(e.code() + ": " + e.getMessage());
        } catch (Exception e) {
            fail(describe(e));
        } catch (StackOverflowError e) {
            fail("the command text is nested too deeply");
        }
        exit();
    }

    private static String decode(byte[] text) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    }

    private static String describe(Exception e) {
        if (e instanceof CharacterCodingException) {
            return "the command text is no UTF-8";
        }
        if (e instanceof KernelException refused) {
            return refused.code() + ": " + refused.getMessage();
        }
        boolean spokenByGogo = e.getClass().getName().startsWith("org.apache.felix.gogo");
        return spokenByGogo ? e.getMessage() : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private void show(Object result) throws IOException {
        if (result != null) {
            line(output, session.format(result, Converter.INSPECT).toString());
        }
    }

    private void fail(String message) throws IOException {
        failed.set(true);
        line(errors, message.replaceAll("\\s+", " "));
    }

    private static void line(FrameOutput stream, String text) throws IOException {
        stream.write(text.getBytes(StandardCharsets.UTF_8));
        if (!text.endsWith("\n")) {
            stream.write('\n');
        }
    }

    private void exit() throws IOException {
        output.finish();
        errors.finish();
        byte[] code = (failed.get() ? "1" : "0").getBytes(StandardCharsets.US_ASCII);
        channel.write(FrameChannel.EXIT, code, 0, code.length);
    }

    @Override
    public void close() throws IOException {
        session.close();
        terminal.close();
    }
}

package helix.shell;

import helix.shell.Fakes.FakeCpus;
import helix.shell.Fakes.FakeHotSwap;
import helix.shell.Fakes.FakeSlots;
import helix.shell.command.TestCommands;
import helix.shell.format.HelixConverter;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;

/** The real Gogo with the helix commands over a fake kernel. */
public final class GogoFixture implements AutoCloseable {

    public final FakeHotSwap hotSwap = new FakeHotSwap();
    public final CommandProcessorImpl processor = new CommandProcessorImpl(null);
    public final CountDownLatch stopped = new CountDownLatch(1);
    public final CommandSession session;

    public GogoFixture() {
        TestCommands.addTo(processor, new FakeSlots(), hotSwap, new FakeCpus(), stopped);
        processor.addConverter(new HelixConverter());
        for (String name : new String[] {"grep", "echo", "sort"}) {
            processor.addCommand("gogo", new Posix(processor), name);
        }
        processor.addCommand("gogo", new Procedural(), "if");
        session = processor.createSession(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        ShellSession.prepare(session, "local", false);
    }

    /** What a console would show for {@code program}. */
    public String show(String program) throws Exception {
        return session.format(session.execute(program), Converter.INSPECT).toString();
    }

    @Override
    public void close() {
        processor.stop();
    }
}

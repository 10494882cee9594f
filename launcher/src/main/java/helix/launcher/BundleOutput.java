package helix.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * What bundles get as {@code System.out} or {@code System.err}: the real one, until it is diverted to a file. Must be in
 * place before any bundle starts, since some keep what they find. Thread-safe.
 *
 * <p>With {@code -c} the standard output is the answer, so what bundles print never goes there. While the kernel stops,
 * bundles whose log or event service went before them print what is of use to nobody at the terminal; it is kept in the
 * file.
 */
final class BundleOutput extends OutputStream {

    private final Path file;
    private volatile OutputStream target;

    private BundleOutput(Path file, OutputStream target) {
        this.file = file;
        this.target = target;
    }

    /** Takes the place of {@code System.out}; {@code file} is where it goes when diverted. */
    static BundleOutput installAsOut(Path file) {
        BundleOutput output = new BundleOutput(file, System.out);
        System.setOut(new PrintStream(output, true, Charset.defaultCharset()));
        return output;
    }

    /** Takes the place of {@code System.err}; {@code file} is where it goes when diverted. */
    static BundleOutput installAsErr(Path file) {
        BundleOutput output = new BundleOutput(file, System.err);
        System.setErr(new PrintStream(output, true, Charset.defaultCharset()));
        return output;
    }

    /** Sends everything that comes from now on to the file. */
    void divert(OpenOption... options) throws IOException {
        target = Files.newOutputStream(file, options);
    }

    @Override
    public void write(int value) throws IOException {
        target.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        target.flush();
    }

    /** A bundle that closes its {@code System.out} must not close everybody's. */
    @Override
    public void close() throws IOException {
        flush();
    }
}

package helix.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a data directory, held by at most one process; the operating system takes it back when the process
 * dies. The holder's process id stands in a file beside the lock, for messages and for {@code stop}.
 *
 * <p>Thread-safe.
 */
final class DataLock implements AutoCloseable {

    private final Path pidFile;
    private final FileChannel channel;
    private final AtomicBoolean released = new AtomicBoolean();

    private DataLock(Path pidFile, FileChannel channel) {
        this.pidFile = pidFile;
        this.channel = channel;
    }

    /** @throws LauncherException LOCKED, naming the holder; CONFIG when the lock file cannot be used */
    static DataLock acquire(Layout layout) throws LauncherException {
        try {
            FileChannel channel = FileChannel.open(layout.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                throw inUse(layout);
            }
            Files.writeString(
                    layout.pid(), Long.toString(ProcessHandle.current().pid()));
            return new DataLock(layout.pid(), channel);
        } catch (IOException e) {
            throw new LauncherException(
                    ExitCode.CONFIG, "cannot lock the data directory " + layout.data() + ": " + e, e);
        }
    }

    /** The process that holds the lock of this data directory now. */
    static Optional<ProcessHandle> holder(Layout layout) throws LauncherException {
        Optional<ProcessHandle> process =
                writtenPid(layout).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        // A number alone may have been given to another process since. The lock tells, but asking takes it for a
        // moment,
        // so it is asked only about a number that is in use.
        return process.isPresent() && isLocked(layout) ? process : Optional.empty();
    }

    static LauncherException inUse(Layout layout) {
        String who = writtenPid(layout).map(pid -> "process " + pid).orElse("another process");
        return new LauncherException(
                ExitCode.LOCKED,
                "the data directory " + layout.data() + " is in use by " + who
                        + "; talk to it with 'helix shell', end it with 'helix stop', or set HELIX_DATA to another directory");
    }

    private static boolean isLocked(Layout layout) throws LauncherException {
        if (!Files.exists(layout.lock())) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(layout.lock(), StandardOpenOption.WRITE)) {
            return !tryLock(channel);
        } catch (IOException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot read the lock " + layout.lock() + ": " + e, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    private static Optional<Long> writtenPid(Layout layout) {
        try {
            return Optional.of(Long.valueOf(Files.readString(layout.pid()).trim()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // not written, or just being written
        }
    }

    @Override
    public void close() throws IOException {
        if (!released.compareAndSet(false, true)) {
            return; // the files may be another process's by now
        }
        Files.deleteIfExists(pidFile);
        channel.close();
    }
}

package helix.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {

    @TempDir
    Path data;

    private Layout layout;

    @BeforeEach
    void layOut() {
        layout = new Layout(data, data, data);
    }

    @Test
    void shouldRefuseSecondHolderAndNameTheFirst() throws Exception {
        try (DataLock held = DataLock.acquire(layout)) {
            LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> DataLock.acquire(layout));

            assertThat(held).isNotNull();
            assertThat(refusal.exitCode()).isEqualTo(ExitCode.LOCKED);
            assertThat(refusal)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining(data.toString());
        }
    }

    @Test
    void shouldNameTheHolderWhileHeldAndNobodyAfterwards() throws Exception {
        try (DataLock held = DataLock.acquire(layout)) {
            assertThat(held).isNotNull();
            assertThat(DataLock.holder(layout)).contains(ProcessHandle.current());
        }

        assertThat(DataLock.holder(layout)).isEmpty();
    }

    @Test
    void shouldBeFreeAgainAfterClose() throws Exception {
        DataLock.acquire(layout).close();

        DataLock.acquire(layout).close();
    }

    @Test
    void shouldNotTouchTheFilesOfTheNextHolderWhenClosedTwice() throws Exception {
        DataLock first = DataLock.acquire(layout);
        first.close();
        try (DataLock second = DataLock.acquire(layout)) {
            first.close();

            assertThat(second).isNotNull();
            assertThat(layout.pid()).exists();
        }
    }

    @Test
    void shouldTakeAnUnlockedDirectoryForFreeWhenTheWrittenPidBelongsToAnotherProcessByNow() throws Exception {
        Files.createFile(layout.lock());
        Files.writeString(layout.pid(), Long.toString(ProcessHandle.current().pid()));

        assertThat(DataLock.holder(layout)).isEmpty();
    }

    @Test
    void shouldSayWhereWhenTheDirectoryCannotBeLocked() throws IOException {
        Files.createDirectory(layout.lock());

        LauncherException refusal = catchThrowableOfType(LauncherException.class, () -> DataLock.acquire(layout));

        assertThat(refusal.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(refusal).hasMessageContaining(data.toString());
    }
}

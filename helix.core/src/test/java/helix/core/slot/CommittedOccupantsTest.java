package helix.core.slot;

import static org.assertj.core.api.Assertions.assertThat;

import helix.api.module.ModuleId;
import helix.api.module.ModuleName;
import helix.api.module.ModuleVersion;
import helix.api.slot.SlotName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedOccupantsTest {

    private static final SlotName SLOT = new SlotName("a/../b c");
    private static final ModuleId MODULE = new ModuleId(new ModuleName("rr"), new ModuleVersion(1, 0, 0));

    @TempDir
    Path folder;

    @Test
    void shouldRememberTheLastCommitWhateverTheSlotIsCalled() throws IOException {
        CommittedOccupants committed = new CommittedOccupants(folder.resolve("slots"));

        committed.commit(SLOT, MODULE);
        committed.commit(SLOT, MODULE);

        assertThat(new CommittedOccupants(folder.resolve("slots")).read(SLOT)).contains("rr@1.0.0");
        try (var files = Files.list(folder.resolve("slots"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void shouldKnowNothingOfASlotNeverCommitted() {
        assertThat(new CommittedOccupants(folder).read(SLOT)).isEmpty();
    }

    @Test
    void shouldNotFailASwapBecauseItCannotWrite() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        CommittedOccupants committed = new CommittedOccupants(file);

        committed.commit(SLOT, MODULE);

        assertThat(committed.read(SLOT)).isEmpty();
    }

    @Test
    void shouldNotBelieveAFileThatIsTooLongToBeOne() throws IOException {
        CommittedOccupants committed = new CommittedOccupants(folder);
        committed.commit(SLOT, MODULE);
        try (var files = Files.list(folder)) {
            Files.writeString(files.findFirst().orElseThrow(), "x".repeat(5_000));
        }

        assertThat(committed.read(SLOT)).isEmpty();
    }
}

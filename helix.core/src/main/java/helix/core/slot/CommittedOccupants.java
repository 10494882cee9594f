package helix.core.slot;

import helix.api.module.ModuleId;
import helix.api.slot.SlotName;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which module was put into each slot on request last, over restarts: one small file per slot, replaced atomically. A file
 * that cannot be written or read costs the memory of one slot and is logged.
 */
final class CommittedOccupants {

    private static final Logger LOG = LoggerFactory.getLogger(CommittedOccupants.class);
    private static final int LONGEST = 1_000;

    private final Path folder;

    CommittedOccupants(Path folder) {
        this.folder = folder;
    }

    void commit(SlotName slot, ModuleId module) {
        Path file = file(slot);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap((module + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("slot={} the next boot will not know that {} serves: {}", slot, module, e.toString());
        }
    }

    /** What was committed last, as {@code name@version}. */
    Optional<String> read(SlotName slot) {
        Path file = file(slot);
        try {
            if (!Files.exists(file) || Files.size(file) > LONGEST) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file).trim()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            LOG.warn("slot={} cannot read who served last: {}", slot, e.toString());
            return Optional.empty();
        }
    }

    private Path file(SlotName slot) {
        return folder.resolve(URLEncoder.encode(slot.value(), StandardCharsets.UTF_8) + ".occupant");
    }
}

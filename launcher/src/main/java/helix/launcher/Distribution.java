package helix.launcher;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The bundles that are shipped: {@code bundles/NN/*.jar}, NN being the start level.
 *
 * @param bundles by start level, then by file name
 */
record Distribution(List<Shipped> bundles) {

    private static final int MAX_LEVEL = 99;

    /** One jar at its start level. */
    record Shipped(int startLevel, Path jar) {

        /** The framework reads the jar where it lies, instead of copying it. */
        String location() {
            return "reference:" + jar.toUri();
        }
    }

    Distribution {
        bundles = List.copyOf(bundles);
    }

    /** @throws LauncherException CONFIG when the folder cannot be read, holds a folder that is no level, or holds no jar */
    static Distribution read(Path folder) throws LauncherException {
        try {
            List<Shipped> found = new ArrayList<>();
            for (Path level : children(folder, Files::isDirectory)) {
                int number = level(level);
                children(level, Distribution::isJar).forEach(jar -> found.add(new Shipped(number, jar)));
            }
            if (found.isEmpty()) {
                throw new LauncherException(ExitCode.CONFIG, "no bundles in " + folder);
            }
            found.sort(Comparator.comparingInt(Shipped::startLevel).thenComparing(Shipped::jar));
            return new Distribution(found);
        } catch (IOException e) {
            throw new LauncherException(ExitCode.CONFIG, "cannot read the bundles in " + folder + ": " + e, e);
        }
    }

    /** Changes when a bundle comes, goes, moves or has other content. */
    String fingerprint() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Shipped bundle : bundles) {
            CRC32C sum = new CRC32C();
            try (FileChannel channel = FileChannel.open(bundle.jar(), StandardOpenOption.READ)) {
                ByteBuffer content = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                sum.update(content);
            }
            lines.append(bundle.startLevel()).append(' ').append(Long.toHexString(sum.getValue()));
            lines.append(' ').append(bundle.jar()).append('\n');
        }
        return lines.toString();
    }

    private static int level(Path folder) throws LauncherException {
        String name = folder.getFileName().toString();
        if (name.matches("\\d{1,2}")) {
            int level = Integer.parseInt(name);
            if (level >= 1) {
                return level;
            }
        }
        throw new LauncherException(
                ExitCode.CONFIG, "folder " + folder + " is no start level: expected a number from 1 to " + MAX_LEVEL);
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    private static List<Path> children(Path folder, java.util.function.Predicate<Path> wanted) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(wanted).sorted().toList();
        }
    }
}

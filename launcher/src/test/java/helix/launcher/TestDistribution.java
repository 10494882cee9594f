package helix.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A copy of the assembled distribution, and its processes: as it is shipped, or with a probe in place of the Helix
 * bundles, so that the launcher is tested for what it does itself.
 */
final class TestDistribution {

    private static final String[] PROBE_CLASSES = {"ProbeActivator", "ProbeCommands"};

    private final Path home;
    private final Path data;

    private TestDistribution(Path home, Path data) {
        this.home = home;
        this.data = data;
    }

    static TestDistribution withProbe(Path folder) throws IOException {
        TestDistribution distribution = copy(folder, false);
        distribution.addProbe();
        return distribution;
    }

    static TestDistribution asShipped(Path folder) throws IOException {
        return copy(folder, true);
    }

    private static TestDistribution copy(Path folder, boolean helixBundles) throws IOException {
        Path assembled = Path.of(System.getProperty("helix.distribution"));
        Path home = folder.resolve("home");
        Files.walkFileTree(assembled, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = file.getFileName().toString();
                boolean bundle = file.startsWith(assembled.resolve("bundles"));
                if (helixBundles || !bundle || !name.startsWith("helix.")) {
                    Path copy = home.resolve(assembled.relativize(file).toString());
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new TestDistribution(home, folder.resolve("data"));
    }

    private void addProbe() throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "probe");
        headers.putValue("Bundle-Activator", "helix.launcher.probe.ProbeActivator");
        headers.putValue(
                "Import-Package",
                "org.osgi.framework,org.osgi.framework.startlevel,org.osgi.service.cm,org.slf4j;version=\"[2.0,3)\"");
        Path jar = Files.createDirectories(home.resolve("bundles/10")).resolve("probe.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream content = new JarOutputStream(file, manifest)) {
            for (String name : PROBE_CLASSES) {
                String entry = "helix/launcher/probe/" + name + ".class";
                content.putNextEntry(new JarEntry(entry));
                try (InputStream code = TestDistribution.class.getClassLoader().getResourceAsStream(entry)) {
                    code.transferTo(content);
                }
            }
        }
    }

    Path etc() {
        return home.resolve("etc");
    }

    Path data() {
        return data;
    }

    Path bundles() {
        return home.resolve("bundles");
    }

    /** What a finished process left. */
    record Result(int status, String out, String err) {}

    /** Runs {@code bin/helix} to its end. */
    Result helix(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", "");
        Path err = Files.createTempFile(home, "err", "");
        Process process = command(arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("helix " + List.of(arguments) + " did not end: " + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** A kernel without console whose process belongs to the caller, with its shell ready. */
    Process inForeground() throws IOException, InterruptedException {
        return inForegroundUntil(data.resolve("run/shell.address"));
    }

    /** A kernel without console whose process belongs to the caller, up to the moment at which it wrote a file. */
    Process inForegroundUntil(Path written) throws IOException, InterruptedException {
        Process process = command("--no-console").inheritIO().start();
        for (int round = 0; round < 600 && Files.notExists(written); round++) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the kernel ended with status " + process.exitValue());
            }
        }
        return process;
    }

    private ProcessBuilder command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("bin/helix").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HELIX_DATA", data.toString());
        builder.environment().remove("HELIX_ETC");
        builder.environment().remove("HELIX_OPTS");
        builder.environment().remove("JAVA_OPTS");
        return builder;
    }
}

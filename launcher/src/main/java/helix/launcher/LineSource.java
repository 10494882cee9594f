package helix.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;

/** Where the lines of a session come from. */
interface LineSource extends AutoCloseable {

    /** The next line, empty at the end of the input. */
    Optional<String> next() throws IOException;

    @Override
    default void close() throws IOException {}

    /** Lines without prompt or editing: a pipe or a file. */
    static LineSource of(BufferedReader reader) {
        return () -> Optional.ofNullable(reader.readLine());
    }
}

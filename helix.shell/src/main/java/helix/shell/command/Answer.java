package helix.shell.command;

import helix.api.kernel.ErrorCode;
import helix.api.kernel.KernelException;
import helix.shell.format.Json;
import java.util.function.Supplier;

/** What every command does around its one question: words for errors, and JSON when asked for. */
final class Answer {

    private Answer() {}

    /**
     * @param json whether the answer is to be one JSON document instead of a value that the console formats
     * @throws CommandException when the service refuses
     */
    static Object of(boolean json, Supplier<?> question) {
        try {
            Object value = question.get();
            return json ? Json.write(value) : value;
        } catch (CommandException e) {
            throw e;
        } catch (KernelException e) {
            throw new CommandException(e.code(), e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ErrorCode.INVALID_ARGUMENT, e.getMessage(), e);
        }
    }
}

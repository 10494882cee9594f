package helix.shell.console;

import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.apache.felix.gogo.jline.Builtin;
import org.apache.felix.gogo.jline.Converters;
import org.apache.felix.gogo.jline.Posix;
import org.apache.felix.gogo.jline.Procedural;
import org.apache.felix.gogo.jline.Shell;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.Converter;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Gogo's standard commands ({@code grep}, {@code if}, {@code help} ...), which its own bundle would register only
 * together with a console that takes the terminal. Left out: {@code gosh} and {@code sh}, whose inner shells would do
 * the same, and the full-screen programs.
 */
@Component(service = StandardCommands.class, immediate = true)
public final class StandardCommands {

    private static final String[] BUILTIN = {
        "format",
        "getopt",
        "new",
        "set",
        "tac",
        "type",
        "jobs",
        "fg",
        "bg",
        "keymap",
        "setopt",
        "unsetopt",
        "complete",
        "history",
        "widget",
        "__files",
        "__directories",
        "__usage_completion"
    };
    private static final String[] PROCEDURAL = {
        "each", "if", "not", "throw", "try", "until", "while", "break", "continue"
    };
    private static final String[] POSIX = {
        "cat", "echo", "grep", "sort", "sleep", "cd", "pwd", "ls", "less", "watch", "head", "tail", "clear", "wc",
        "date"
    };
    private static final String[] SHELL = {"source", "help"};

    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    @Activate
    public StandardCommands(BundleContext context, @Reference CommandProcessor processor) {
        registrations.add(context.registerService(Converter.class, new Converters(context), null));
        register(context, new Builtin(), BUILTIN);
        register(context, new Procedural(), PROCEDURAL);
        register(context, new Posix(processor), POSIX);
        register(context, new Shell(new ShellContext(context), processor), SHELL);
    }

    private void register(BundleContext context, Object target, String[] functions) {
        Dictionary<String, Object> properties = new Hashtable<>(
                Map.of(CommandProcessor.COMMAND_SCOPE, "gogo", CommandProcessor.COMMAND_FUNCTION, functions));
        registrations.add(context.registerService(Object.class, target, properties));
    }

    @Deactivate
    void close() {
        registrations.forEach(ServiceRegistration::unregister);
    }
}

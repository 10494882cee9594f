package helix.core.slot;

import helix.api.module.ModuleCategory;
import helix.api.slot.ImportPolicy;
import helix.api.slot.SlotName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.Constants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings of one slot, from {@code etc/helix.slot-<name>.cfg}. */
@Component(
        service = SlotConfiguration.class,
        configurationPid = "helix.slot",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SlotConfiguration.Settings.class, factory = true)
public final class SlotConfiguration {

    /** What can be set. In the names of the settings, {@code __} stands for an underscore. */
    @ObjectClassDefinition(name = "Helix slot")
    @interface Settings {
        @AttributeDefinition(description = "name of the slot; by default what follows helix.slot~ in the PID")
        String slot() default "";

        @AttributeDefinition(description = "name or alias of the module to start with")
        String module() default "";

        @AttributeDefinition(description = "class name of the slot's interface, where candidates leave a choice")
        String contract() default "";

        @AttributeDefinition(description = "what the slot is for, such as SCHEDULER")
        String category() default "";

        @AttributeDefinition(description = "longest closed window of one try to drain, microseconds")
        long close__budget__us() default 50;

        @AttributeDefinition(description = "all tries to drain together, milliseconds")
        long drain__timeout__ms() default 1_000;

        @AttributeDefinition(description = "time to drain in a departure, milliseconds")
        long departure__drain__ms() default 500;

        @AttributeDefinition(description = "how long calls wait for a successor after a departure, milliseconds")
        long hold__ms() default 2_000;

        @AttributeDefinition(description = "how long module code may take in one step, milliseconds")
        long phase__timeout__ms() default 10_000;

        @AttributeDefinition(description = "when a successor cannot take the state: ROLL_BACK or START_FRESH")
        String import__policy() default "";
    }

    private static final Logger LOG = LoggerFactory.getLogger(SlotConfiguration.class);

    private final SlotName slot;
    private final SlotSettings settings;
    private final String problem;

    @Activate
    public SlotConfiguration(Settings settings, Map<String, Object> properties) {
        this.slot = new SlotName(
                settings.slot().isBlank() ? nameIn(properties.get(Constants.SERVICE_PID)) : settings.slot());
        SlotSettings used = SlotSettings.DEFAULT;
        String refusal = "";
        try {
            used = read(settings);
        } catch (IllegalArgumentException e) {
            // a slot with other settings serves better than none
            refusal = "its configuration is not used: " + e.getMessage();
            LOG.error("slot={} {}", slot, refusal);
        }
        this.settings = used;
        this.problem = refusal;
    }

    private static SlotSettings read(Settings settings) {
        return new SlotSettings(
                given(settings.module(), Function.identity()),
                given(settings.contract(), Function.identity()),
                given(settings.category(), word -> constant(ModuleCategory.class, word)),
                Duration.ofNanos(settings.close__budget__us() * 1_000),
                Duration.ofMillis(settings.drain__timeout__ms()),
                Duration.ofMillis(settings.departure__drain__ms()),
                Duration.ofMillis(settings.hold__ms()),
                Duration.ofMillis(settings.phase__timeout__ms()),
                given(settings.import__policy(), word -> constant(ImportPolicy.class, word)));
    }

    private static String nameIn(Object pid) {
        String text = String.valueOf(pid);
        return text.substring(text.indexOf('~') + 1);
    }

    private static <T> Optional<T> given(String text, Function<String, T> reading) {
        return Optional.of(text.trim()).filter(word -> !word.isEmpty()).map(reading);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no " + type.getSimpleName() + " '" + word + "', have "
                        + Arrays.toString(type.getEnumConstants())));
    }

    SlotName slot() {
        return slot;
    }

    SlotSettings settings() {
        return settings;
    }

    /** Why the settings are not those that were configured, for operators; empty when they are. */
    String problem() {
        return problem;
    }
}

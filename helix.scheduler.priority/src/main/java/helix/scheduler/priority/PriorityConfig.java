package helix.scheduler.priority;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Settings, PID {@code helix.scheduler.priority}. A change applies to each thread's next quantum.
 *
 * <p>Two underscores in a method's name are one in the key: {@code time_slice_ms}. A single one would be a dot.
 */
@ObjectClassDefinition(name = "Helix priority scheduler", description = "Quanta and ageing of the module priority")
public @interface PriorityConfig {

    @AttributeDefinition(description = "Quantum, in milliseconds")
    int time__slice__ms() default 10;

    @AttributeDefinition(description = "How long a thread waits before it may age, in milliseconds")
    int ageing__after__ms() default 1000;

    @AttributeDefinition(description = "Ticks of a CPU between two looks for threads that have waited too long")
    int ageing__interval() default 100;
}

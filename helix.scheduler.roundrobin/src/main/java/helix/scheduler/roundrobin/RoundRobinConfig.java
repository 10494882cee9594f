package helix.scheduler.roundrobin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Settings, PID {@code helix.scheduler.roundrobin}. A change applies to each thread's next quantum.
 *
 * <p>Two underscores in a method's name are one in the key: {@code base_time_slice_ms}. A single one would be a dot.
 */
@ObjectClassDefinition(
        name = "Helix round-robin scheduler",
        description = "Quanta and balancing of the module roundrobin")
public @interface RoundRobinConfig {

    @AttributeDefinition(description = "Quantum before scaling, in milliseconds")
    int base__time__slice__ms() default 10;

    @AttributeDefinition(description = "Shortest quantum, in milliseconds")
    int min__time__slice__ms() default 1;

    @AttributeDefinition(description = "Longest quantum, in milliseconds")
    int max__time__slice__ms() default 100;

    @AttributeDefinition(description = "Whether more important threads get longer quanta")
    boolean priority__scaling() default true;

    @AttributeDefinition(description = "Ticks of a CPU between two attempts to even the run queues out")
    int load__balance__interval() default 100;
}

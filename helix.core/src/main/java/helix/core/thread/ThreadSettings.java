package helix.core.thread;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the kernel's threads, PID {@code helix.threads}. Read once. In the names of the settings, {@code __} stands for an
 * underscore. */
@ObjectClassDefinition(name = "Helix kernel threads", description = "CPUs, tick and Java threads of the kernel")
@interface ThreadSettings {

    @AttributeDefinition(description = "How many CPUs, at most 64; 0 for as many as the host has processors")
    int cpus() default 0;

    @AttributeDefinition(description = "Kernel ticks per second")
    int tick__hz() default 1_000;

    @AttributeDefinition(description = "How many ended threads are kept until somebody takes their exit value")
    int max__zombies() default 1_024;

    @AttributeDefinition(description = "Most Java threads that the kernel makes for kernel threads")
    int max__carriers() default 4_096;

    @AttributeDefinition(description = "How long a Java thread without work is kept, seconds")
    int idle__carrier__s() default 10;
}

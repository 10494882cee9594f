package helix.tck;

import helix.api.module.HotReloadable;
import helix.api.scheduler.Scheduler;

/**
 * What every {@link Scheduler} promises. A policy's own tests extend this class and say only how the policy is made; it
 * must be {@link HotReloadable} with a state of {@link helix.api.scheduler.SchedulerState}.
 */
public abstract class SchedulerContract
        implements SchedulerTurns, SchedulerCpus, SchedulerHandOver, SchedulerConservation, SchedulerStress {}

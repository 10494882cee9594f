package helix.scheduler.priority;

import helix.api.module.HelixModule;
import helix.api.module.HotReloadable;
import helix.api.module.ModuleCategory;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The module {@code priority}: {@link PriorityScheduler} as a component, with its settings and its state.
 *
 * <p>Thread-safe as the policy is. Settings that make no sense fail the activation; given to a module that runs, they
 * are logged and the old ones stay.
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, configurationPid = "helix.scheduler.priority")
@HelixModule(
        slot = "scheduler",
        module = "priority",
        module_alias = "prio",
        module_version = "1.0.0",
        category = ModuleCategory.SCHEDULER,
        state_schema = SchedulerState.SCHEMA,
        state_version = SchedulerState.VERSION)
@Designate(ocd = PriorityConfig.class)
public final class PriorityModule extends PriorityScheduler implements HotReloadable {

    private static final Logger LOG = LoggerFactory.getLogger(PriorityModule.class);

    @Activate
    public PriorityModule(PriorityConfig config) {
        this(PrioritySettings.of(config));
    }

    PriorityModule(PrioritySettings settings) {
        super(settings);
    }

    @Modified
    void modified(PriorityConfig config) {
        try {
            configure(PrioritySettings.of(config));
        } catch (IllegalArgumentException e) {
            LOG.error("Module 'priority' keeps its settings: {}", e.getMessage());
        }
    }

    @Override
    public void importState(Object state) {
        if (!(state instanceof SchedulerState schedulerState)) {
            throw new IllegalArgumentException("a state of type "
                    + (state == null ? "null" : state.getClass().getName())
                    + " is not one of " + SchedulerState.class.getName());
        }
        importState(schedulerState);
    }
}

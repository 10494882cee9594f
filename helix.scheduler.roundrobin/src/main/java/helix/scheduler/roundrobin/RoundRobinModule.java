package helix.scheduler.roundrobin;

import helix.api.module.HelixModule;
import helix.api.module.HotReloadable;
import helix.api.module.ModuleCategory;
import helix.api.scheduler.Scheduler;
import helix.api.scheduler.SchedulerState;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.ServiceScope;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The module {@code roundrobin}: {@link RoundRobinScheduler} as a component, with its settings and its state.
 *
 * <p>Thread-safe as the policy is. Settings that make no sense fail the activation; given to a module that runs, they
 * are logged and the old ones stay.
 */
@Component(service = Scheduler.class, scope = ServiceScope.PROTOTYPE, configurationPid = "helix.scheduler.roundrobin")
@HelixModule(
        slot = "scheduler",
        module = "roundrobin",
        module_alias = "rr",
        module_version = "1.0.0",
        category = ModuleCategory.SCHEDULER,
        state_schema = SchedulerState.SCHEMA,
        state_version = SchedulerState.VERSION)
// what a kernel starts with when nothing is configured
@ServiceRanking(10)
@Designate(ocd = RoundRobinConfig.class)
public final class RoundRobinModule extends RoundRobinScheduler implements HotReloadable {

    private static final Logger LOG = LoggerFactory.getLogger(RoundRobinModule.class);

    @Activate
    public RoundRobinModule(RoundRobinConfig config) {
        this(RoundRobinSettings.of(config));
    }

    RoundRobinModule(RoundRobinSettings settings) {
        super(settings);
    }

    @Modified
    void modified(RoundRobinConfig config) {
        try {
            configure(RoundRobinSettings.of(config));
        } catch (IllegalArgumentException e) {
            LOG.error("Module 'roundrobin' keeps its settings: {}", e.getMessage());
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

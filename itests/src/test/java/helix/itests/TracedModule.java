package helix.itests;

import helix.api.hal.TickHandler;
import helix.api.module.Health;
import helix.api.module.HotReloadable;
import helix.api.module.Module;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A module that tells of every step it is taken through, {@code old.exportState}, and sums up what it is called with. Whom
 * it tells may make it fail, by throwing, or hang, by not returning.
 */
class TracedModule implements TickHandler, Module, HotReloadable {

    private final String name;
    private final Consumer<String> steps;
    private final AtomicLong sum = new AtomicLong();

    TracedModule(String name, Consumer<String> steps) {
        this.name = name;
        this.steps = steps;
    }

    private void step(String step) {
        steps.accept(name + "." + step);
    }

    long sum() {
        return sum.get();
    }

    @Override
    public void tick(long amount) {
        sum.addAndGet(amount);
    }

    @Override
    public void init() throws Exception {
        step("init");
    }

    @Override
    public void start() throws Exception {
        step("start");
    }

    @Override
    public void stop() throws Exception {
        step("stop");
    }

    @Override
    public Health health() {
        step("health");
        return Health.OK;
    }

    @Override
    public boolean canUnload() {
        step("canUnload");
        return true;
    }

    @Override
    public void prepareUnload() throws Exception {
        step("prepareUnload");
    }

    @Override
    public void resume() throws Exception {
        step("resume");
    }

    @Override
    public Object exportState() throws Exception {
        step("exportState");
        return sum.get();
    }

    @Override
    public void importState(Object state) throws Exception {
        step("importState");
        sum.set((Long) state);
    }
}

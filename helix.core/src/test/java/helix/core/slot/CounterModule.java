package helix.core.slot;

import helix.api.module.Health;
import helix.api.module.HotReloadable;
import helix.api.module.Module;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Counts calls, writes down what is done to it, and misbehaves where its script says so. */
final class CounterModule implements Counter, Module, HotReloadable {

    private final String name;
    private final Map<String, Callable<Object>> script;
    private final List<String> trace;
    private long count;

    CounterModule(String name, Map<String, Callable<Object>> script, List<String> trace) {
        this.name = name;
        this.script = script;
        this.trace = trace;
    }

    private Object step(String step, Object otherwise) throws Exception {
        trace.add(name + "." + step);
        Callable<Object> scripted = script.get(step);
        return scripted == null ? otherwise : scripted.call();
    }

    @Override
    public long count(Runnable body) {
        long counted = ++count;
        body.run();
        return counted;
    }

    @Override
    public void init() throws Exception {
        step("init", null);
    }

    @Override
    public void start() throws Exception {
        step("start", null);
    }

    @Override
    public void stop() throws Exception {
        step("stop", null);
    }

    @Override
    public Health health() {
        try {
            return (Health) step("health", Health.OK);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean canUnload() {
        try {
            return (Boolean) step("canUnload", true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void prepareUnload() throws Exception {
        step("prepareUnload", null);
    }

    @Override
    public void resume() throws Exception {
        step("resume", null);
    }

    @Override
    public Object exportState() throws Exception {
        return step("exportState", count);
    }

    @Override
    public void importState(Object state) throws Exception {
        step("importState", null);
        count = (Long) state;
    }
}

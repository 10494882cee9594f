package helix.core.slot;

import org.osgi.service.component.ComponentServiceObjects;

/** Instances of a candidate from the service registry: a fresh one each time for prototype scope, else the one there is. */
final class ServiceInstances<T> implements InstanceSource {

    private final ComponentServiceObjects<T> objects;

    ServiceInstances(ComponentServiceObjects<T> objects) {
        this.objects = objects;
    }

    @Override
    public Object take() {
        try {
            return objects.getService();
        } catch (IllegalStateException unregistered) {
            return null;
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public void giveBack(Object instance) {
        try {
            objects.ungetService((T) instance);
        } catch (IllegalStateException | IllegalArgumentException unregistered) {
            // the service has left and took its instances along
        }
    }
}

package helix.api.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Makes a component a candidate for a slot. Turned into the component properties {@code helix.slot},
 * {@code helix.module} and so on, and into a capability of the bundle, at build time.
 */
@ComponentPropertyType
@Capability(
        namespace = "helix.module",
        name = "${#module}",
        attribute = {"slot=${#slot}"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface HelixModule {

    /** Every property starts with this. */
    String PREFIX_ = "helix.";

    /** The slot it is for. */
    String slot();

    /** Its name. */
    String module();

    /** Other names shells accept. */
    String[] module_alias() default {};

    /** Its version. */
    String module_version();

    /** The slot category it fits. */
    ModuleCategory category() default ModuleCategory.CUSTOM;

    /** The layout of its state, empty for none. */
    String state_schema() default "";

    /** The version of that layout. */
    int state_version() default 0;

    /** Declares that there is no state worth carrying. */
    boolean stateless() default false;
}

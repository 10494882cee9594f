package helix.core.slot;

import helix.api.module.ModuleCategory;
import helix.api.module.ModuleId;
import helix.api.module.ModuleInfo;
import helix.api.module.ModuleName;
import helix.api.module.ModuleVersion;
import helix.api.slot.SlotName;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;

/**
 * Makes a {@link Candidate} of a service with the property {@code helix.slot}, and judges it on arrival: what is wrong
 * with it becomes its remark, together with the remedy.
 */
final class CandidateReader {

    private static final String LIFE_CYCLE = "helix.api.module.";

    /** A candidate cannot be taken. */
    private static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String remark) {
            super(remark);
        }
    }

    /**
     * @param configured the contract that the slot's configuration names
     * @return the candidate, usable or with a remark; empty when it does not even name a slot
     */
    Optional<Candidate> read(
            ServiceReference<?> reference, InstanceSource source, Function<SlotName, Optional<String>> configured) {
        Map<String, Object> properties = propertiesOf(reference);
        Optional<SlotName> named = text(properties, "helix.slot").map(SlotName::new);
        if (named.isEmpty()) {
            return Optional.empty();
        }
        SlotName slot = named.get();
        ModuleVersion version = ModuleVersion.NONE;
        Class<?> contract = null;
        String remark = "";
        try {
            version = versionOf(reference, properties);
            contract = contractOf(reference, properties, configured.apply(slot));
        } catch (Unusable e) {
            remark = nameOf(reference, properties) + ": " + e.getMessage();
        }
        ModuleInfo info = info(reference, properties, version);
        Object ranking = properties.get(Constants.SERVICE_RANKING);
        return Optional.of(new Candidate(
                slot,
                info,
                source,
                contract,
                properties,
                ranking instanceof Integer number ? number : 0,
                (Long) properties.get(Constants.SERVICE_ID),
                remark));
    }

    private static Map<String, Object> propertiesOf(ServiceReference<?> reference) {
        Map<String, Object> properties = new HashMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        return properties;
    }

    private static ModuleName nameOf(ServiceReference<?> reference, Map<String, Object> properties) {
        return new ModuleName(text(properties, "helix.module")
                .or(() -> text(properties, "component.name"))
                .orElse(reference.getBundle().getSymbolicName()));
    }

    private static ModuleVersion versionOf(ServiceReference<?> reference, Map<String, Object> properties)
            throws Unusable {
        try {
            return ModuleVersion.parse(text(properties, "helix.module.version")
                    .orElse(reference.getBundle().getVersion().toString()));
        } catch (IllegalArgumentException e) {
            throw new Unusable(e.getMessage());
        }
    }

    private static ModuleInfo info(
            ServiceReference<?> reference, Map<String, Object> properties, ModuleVersion version) {
        Bundle bundle = reference.getBundle();
        Optional<String> schema = text(properties, "helix.state.schema")
                .map(layout ->
                        layout + "/" + text(properties, "helix.state.version").orElse("0"));
        return new ModuleInfo(
                new ModuleId(nameOf(reference, properties), version),
                texts(properties.get("helix.module.alias")),
                category(properties),
                schema,
                Boolean.parseBoolean(text(properties, "helix.stateless").orElse("false")),
                Constants.SCOPE_PROTOTYPE.equals(properties.get(Constants.SERVICE_SCOPE)),
                bundle.getSymbolicName() + " " + bundle.getVersion());
    }

    private static ModuleCategory category(Map<String, Object> properties) {
        String word = text(properties, "helix.category").orElse("CUSTOM").toUpperCase(Locale.ROOT);
        return Arrays.stream(ModuleCategory.values())
                .filter(category -> category.name().equals(word))
                .findFirst()
                .orElse(ModuleCategory.CUSTOM);
    }

    private static Class<?> contractOf(
            ServiceReference<?> reference, Map<String, Object> properties, Optional<String> configured)
            throws Unusable {
        List<String> offered = Arrays.asList((String[]) properties.get(Constants.OBJECTCLASS));
        Optional<String> chosen = configured.or(() -> text(properties, "helix.slot.contract"));
        String name = chosen.isPresent() ? chosen.get() : onlyOne(offered);
        if (!offered.contains(name)) {
            throw new Unusable("it is not registered as " + name + " but as " + offered
                    + "; register it under the slot's contract");
        }
        Class<?> contract = load(reference.getBundle(), name);
        judge(contract, reference.getBundle());
        return contract;
    }

    private static String onlyOne(List<String> offered) throws Unusable {
        List<String> left = offered.stream()
                .filter(name -> !name.startsWith(LIFE_CYCLE) && !name.startsWith("java."))
                .toList();
        if (left.size() != 1) {
            throw new Unusable("it is registered as " + offered + ", which leaves " + left.size()
                    + " contracts; name one with the property helix.slot.contract");
        }
        return left.get(0);
    }

    private static Class<?> load(Bundle bundle, String name) throws Unusable {
        try {
            return bundle.loadClass(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new Unusable("its bundle cannot load " + name + ": " + e);
        }
    }

    private static void judge(Class<?> contract, Bundle own) throws Unusable {
        if (!contract.isInterface()) {
            throw new Unusable(contract.getName() + " is no interface; register it under an interface");
        }
        if (!Modifier.isPublic(contract.getModifiers())) {
            throw new Unusable(contract.getName() + " is not public; make it public");
        }
        if (contract.isSealed()) {
            throw new Unusable(contract.getName() + " is sealed, so no facade can implement it; unseal it");
        }
        if (own.equals(FrameworkUtil.getBundle(contract))) {
            throw new Unusable(contract.getName() + " lives in the candidate's own bundle " + own.getSymbolicName()
                    + " and would leave with it; move it into a bundle of its own");
        }
    }

    private static Optional<String> text(Map<String, Object> properties, String key) {
        return Optional.ofNullable(properties.get(key))
                .map(value -> String.valueOf(value).trim())
                .filter(text -> !text.isEmpty());
    }

    private static List<String> texts(Object value) {
        if (value instanceof String[] several) {
            return List.of(several);
        }
        return value == null ? List.of() : List.of(value.toString());
    }
}

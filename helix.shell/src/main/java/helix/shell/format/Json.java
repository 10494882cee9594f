package helix.shell.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import helix.api.kernel.CpuSet;
import helix.api.module.ModuleId;
import helix.api.module.ModuleVersion;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes values as JSON: a record as an object, a record of one simple value (a name, a number) as that value, an empty
 * {@link Optional} not at all, an enum by its name, times and whatever else in their textual form. Stateless.
 */
public final class Json {

    /** Records whose textual form is what people write. */
    private static final Set<Class<?>> TEXTUAL = Set.of(ModuleId.class, ModuleVersion.class, CpuSet.class);

    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** One JSON document in one line. */
    public static String write(Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            new Json(out).value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void value(Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Optional<?> optional) {
            value(optional.orElse(null));
        } else if (value instanceof Enum<?> constant) {
            out.writeString(constant.name());
        } else if (value instanceof Boolean || value instanceof Number || value instanceof String) {
            out.writePOJO(value);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Iterable<?> items) {
            array(items);
        } else if (value instanceof Record && !TEXTUAL.contains(value.getClass())) {
            record(value, value.getClass().getRecordComponents());
        } else {
            out.writeString(value.toString());
        }
    }

    private void map(Map<?, ?> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            field(entry.getKey().toString(), entry.getValue());
        }
        out.writeEndObject();
    }

    private void array(Iterable<?> items) throws IOException {
        out.writeStartArray();
        for (Object item : items) {
            value(item);
        }
        out.writeEndArray();
    }

    private void record(Object record, RecordComponent[] components) throws IOException {
        if (components.length == 1 && isSimple(components[0].getType())) {
            value(read(record, components[0]));
            return;
        }
        out.writeStartObject();
        for (RecordComponent component : components) {
            field(component.getName(), read(record, component));
        }
        out.writeEndObject();
    }

    private static boolean isSimple(Class<?> type) {
        return type.isPrimitive() || type == String.class;
    }

    private void field(String name, Object value) throws IOException {
        if (value instanceof Optional<?> optional && optional.isEmpty()) {
            return;
        }
        out.writeFieldName(name);
        value(value);
    }

    private static Object read(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component + " of " + record.getClass(), e);
        }
    }
}

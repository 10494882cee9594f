package helix.example.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The parameters of a request. Immutable. */
final class Query {

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * @param known the parameters there are
     * @throws BadRequestException for unknown or repeated parameters and for what is no {@code name=value}
     */
    static Query of(URI uri, Set<String> known) throws BadRequestException {
        Map<String, String> values = new HashMap<>();
        String raw = uri.getRawQuery();
        if (raw != null && !raw.isEmpty()) {
            for (String pair : raw.split("&", -1)) {
                add(values, pair, known);
            }
        }
        return new Query(values);
    }

    private static void add(Map<String, String> values, String pair, Set<String> known) throws BadRequestException {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new BadRequestException("'" + pair + "' is no name=value");
        }
        String name = decode(pair.substring(0, equals));
        if (!known.contains(name)) {
            throw new BadRequestException("unknown parameter '" + name + "', have "
                    + known.stream().sorted().toList());
        }
        if (values.put(name, decode(pair.substring(equals + 1))) != null) {
            throw new BadRequestException("parameter '" + name + "' is given twice");
        }
    }

    private static String decode(String text) throws BadRequestException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequestException("'" + text + "' is not encoded as in a URL");
        }
    }

    /** A number in {@code 0..max}. */
    long number(String name, long max) throws BadRequestException {
        String text = values.get(name);
        if (text == null) {
            throw new BadRequestException("parameter '" + name + "' is missing");
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) > max) {
            throw new BadRequestException("parameter '" + name + "' is '" + text + "', not a number in 0.." + max);
        }
        return Long.parseLong(text);
    }
}

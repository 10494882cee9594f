package helix.api.module;

import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** A state that can say in numbers what it holds; swap reports quote it. */
@ConsumerType
public interface StateSummary {

    /** Names and counts, in the order in which they are to be shown. Taken before the state is handed over. */
    Map<String, Long> summary();
}

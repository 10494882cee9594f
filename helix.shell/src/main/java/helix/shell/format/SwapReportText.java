package helix.shell.format;

import helix.api.slot.StateOutcome;
import helix.api.slot.SwapReport;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A swap report in the sentences that an operator asks for next. Stateless. */
public final class SwapReportText {

    private SwapReportText() {}

    /** The whole report, several lines without a line end behind the last. */
    public static String of(SwapReport report) {
        StringJoiner text = new StringJoiner("\n");
        text.add(headline(report));
        text.add("  state     " + state(report));
        text.add("  calls     " + calls(report));
        report.failure().ifPresent(failure -> reason(text, failure));
        text.add("  serving   " + report.occupant().map(Object::toString).orElse("nothing, the slot is empty"));
        if (!report.phaseNs().isEmpty()) {
            text.add("  phases    " + phases(report));
        }
        text.add("  asked by  " + report.requester() + " at " + report.startedAt() + ", tick " + report.tick());
        report.failure().ifPresent(failure -> failure.stack().forEach(frame -> text.add("      at " + frame)));
        return text.toString();
    }

    /** What happened, in one line: {@code #7 scheduler: swapped roundrobin@1.0.0 for priority@1.0.0}. */
    public static String headline(SwapReport report) {
        String what = "#" + report.number() + " " + report.slot() + ": ";
        return switch (report.outcome()) {
            case SWAPPED -> what + done(report);
            case ROLLED_BACK -> what + asked(report) + " was rolled back";
            case BUSY -> what + asked(report) + " gave up, calls in flight did not leave";
            case FAILED -> what + asked(report) + " failed";
        };
    }

    private static String done(SwapReport report) {
        String from = report.from().map(Object::toString).orElse("nothing");
        String to = report.to().map(Object::toString).orElse("nothing");
        return switch (report.kind()) {
            case LOAD -> "loaded " + to;
            case UNLOAD -> "unloaded " + from;
            case SWAP -> "swapped " + from + " for " + to;
            case REPLACE -> "replaced " + from + " by " + to;
            case DEPARTURE -> from + " departed, " + to + " took over";
        };
    }

    private static String asked(SwapReport report) {
        String from = report.from().map(Object::toString).orElse("nothing");
        String to = report.to().map(Object::toString).orElse("nothing");
        return switch (report.kind()) {
            case LOAD -> "loading " + to;
            case UNLOAD -> "unloading " + from;
            case SWAP -> "swapping " + from + " for " + to;
            case REPLACE -> "replacing " + from + " by " + to;
            case DEPARTURE -> "the departure of " + from;
        };
    }

    private static String state(SwapReport report) {
        String outcome = switch (report.state()) {
            case BY_REFERENCE -> "carried by reference";
            case COPIED -> "carried as a copy";
            case TRANSFORMED -> "carried and brought to another schema version";
            case FRESH -> "not carried, the successor started fresh";
            case NONE -> "none";
        };
        String counts = report.carried().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
        String dirty = report.dirty() ? "; DIRTY: exported while calls were still inside" : "";
        return outcome + (counts.isEmpty() || report.state() == StateOutcome.NONE ? "" : " (" + counts + ")") + dirty;
    }

    private static String calls(SwapReport report) {
        String inFlight = Units.count(report.callsInFlight(), "call") + " in flight";
        if (report.closings() == 0) {
            return inFlight + ", no caller was held";
        }
        return inFlight + ", callers held for " + Units.millis(report.pauseNs()) + ", gate closed "
                + Units.count(report.closings(), "time");
    }

    private static void reason(StringJoiner text, SwapReport.Failure failure) {
        text.add("  reason    " + failure.code() + " in " + failure.phase() + ": " + failure.message());
    }

    private static String phases(SwapReport report) {
        return report.phaseNs().entrySet().stream()
                .map(entry ->
                        Units.word(entry.getKey()).toLowerCase(Locale.ROOT) + " " + Units.millis(entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}

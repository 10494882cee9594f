package helix.shell.command;

import helix.api.kernel.ErrorCode;
import helix.api.slot.SwapReport;
import helix.shell.format.SwapReportText;

/** A swap that did not go as asked: makes the command line count as failed while its report is still shown. */
public final class SwapFailedException extends CommandException {

    private static final long serialVersionUID = 1L;

    private final transient Object answer;
    private final String text;

    /** @param answer what the command would have returned: the report, or its JSON */
    SwapFailedException(SwapReport report, Object answer) {
        super(
                report.failure().map(SwapReport.Failure::code).orElse(ErrorCode.INTERNAL),
                SwapReportText.headline(report)
                        + report.failure()
                                .map(failure -> ": " + failure.message())
                                .orElse(""));
        this.answer = answer;
        this.text = answer instanceof String json ? json : SwapReportText.of(report);
    }

    /** What to show on the standard output. */
    public Object answer() {
        return answer;
    }

    /** The report, since a console that prints exceptions shows nothing else. */
    @Override
    public String toString() {
        return text;
    }
}

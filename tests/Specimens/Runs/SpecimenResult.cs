namespace LifetimeMonitoring.Specimens;

/// <summary>The runner's result of one test of a specimen.</summary>
/// <param name="Name">Class and method, without the namespace.</param>
/// <param name="Outcome">Passed, Failed or NotExecuted.</param>
/// <param name="Message">The failure message, with <c>\n</c> between the lines; empty when there is none.</param>
/// <param name="StackTrace">Its stack trace, in the same way.</param>
/// <param name="Output">The output of the test, with <c>\n</c> between the lines.</param>
/// <param name="Attachments">Paths of the attached files.</param>
internal sealed record SpecimenResult(
    string Name,
    string Outcome,
    string Message,
    string StackTrace,
    string Output,
    IReadOnlyList<string> Attachments);

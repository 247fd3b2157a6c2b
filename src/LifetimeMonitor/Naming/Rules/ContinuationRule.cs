namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The code that waits for a value task: a struct of the framework keeps it, in any class that hands out value tasks.
/// Fields as of .NET 8 to 10.
/// </summary>
internal sealed class ContinuationRule : IReferenceRule
{
    public const string Words = "continuation";

    private const string Source = "System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<";

    public ReferenceWords? Name(PathCursor path, int at)
    {
        RawReference reference = path.Reference(at);
        if (IsContinuation(reference)) return new ReferenceWords(Words, 1, ReferenceKind.Continuation);
        return FieldOfSource(reference) switch
        {
            null => null,
            "_capturedContext" when path.TypeOf(at + 1)?.Definition == "System.Threading.ExecutionContext" =>
                new ReferenceWords("execution context", 1, ReferenceKind.Field),
            "_capturedContext" => new ReferenceWords("context of the continuation", 1, ReferenceKind.Field),
            "_error" => new ReferenceWords("exception", 1, ReferenceKind.Field),
            "_result" => new ReferenceWords("Result", 1, ReferenceKind.Field),
            _ => null,
        };
    }

    public static bool IsContinuation(RawReference reference) =>
        FieldOfSource(reference) is "_continuation" or "_continuationState";

    private static string? FieldOfSource(RawReference reference) =>
        reference.Field is { DeclaringType: { } type } field
        && type.RuntimeName.StartsWith(Source, StringComparison.Ordinal)
            ? field.Name
            : null;
}

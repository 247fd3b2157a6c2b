using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The variables of an async method of .NET 11 that the runtime suspended. The runtime keeps neither their names nor
/// their types.
/// </summary>
internal sealed class RuntimeAsyncRule : IReferenceRule
{
    private const string ExecutionContext = "System.Threading.ExecutionContext";

    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (!SuspendedMethod.IsContinuation(path, at) || path.Reference(at).Text == FrameworkFields.ContinuationNext)
            return null;
        if (path.TypeOf(at + 1)?.Definition == ExecutionContext)
            return new ReferenceWords("execution context", 1, ReferenceKind.Field);
        if (SuspendedMethod.Of(path, at) is not { } method) return null;
        return new ReferenceWords($"variable of {method.InWords}{Where(method)}", 1, ReferenceKind.SuspendedMethod)
        {
            Facts = new ReferenceFacts { Method = method.InWords, Place = method.Frame?.Line },
        };
    }

    private static string Where(SuspendedMethod method) => method.Frame?.Place.Trim(' ', '(', ')') switch
    {
        null or "" => "",
        ['n', 'e', 'a', 'r', ' ', ..] near => $", awaiting {near}",
        var place => $", awaiting at {place}",
    };
}

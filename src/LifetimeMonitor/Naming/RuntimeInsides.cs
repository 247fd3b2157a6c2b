using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>
/// Objects whose types only the runtime's own libraries can name. The reader knows the public type that they derive
/// from, or the call that makes them.
/// </summary>
internal static partial class RuntimeInsides
{
    /// <summary>The part of a ConcurrentBag with the items that one thread added.</summary>
    public const string ItemsOfThread = "System.Collections.Concurrent.ConcurrentBag+WorkStealingQueue";

    private const string Tasks = "System.Threading.Tasks.", Query = "System.Linq.Enumerable+";

    // Bases that say nothing about an object.
    private static readonly string[] s_general =
    [
        "System.Object",
        "System.ValueType",
        "System.Enum",
        "System.Array",
        "System.MarshalByRefObject",
        "System.MulticastDelegate",
        "System.Runtime.ConstrainedExecution.CriticalFinalizerObject",
    ];

    /// <summary>The public words for an object of such a type; null for all other types.</summary>
    public static string? Name(TypeFacts facts)
    {
        if (!IsInside(facts)) return null;
        string name = facts.Definition;
        if (name.StartsWith(Tasks, StringComparison.Ordinal) && OfCall(name) is { } call) return call;
        if (IsQuery(facts)) return OfQuery(name);
        if (name == ItemsOfThread) return facts.InWords[..facts.InWords.LastIndexOf('.')];
        if (facts.Bases.Contains(FrameworkFields.Continuation)) return "await";
        for (HeapType? type = facts.Type.Base; type is not null; type = type.Base)
        {
            if (!type.Module.IsVisible(type.Token)) continue;
            return RuntimeName.Parse(type.RuntimeName) is { } known && !s_general.Contains(known.Definition)
                ? known.ToCSharp()
                : null;
        }

        return null;
    }

    /// <summary>A query of LINQ to objects that was not run yet, or is running.</summary>
    public static bool IsQuery(TypeFacts? facts) =>
        facts is not null
        && facts.Definition.StartsWith(Query, StringComparison.Ordinal)
        && facts.Implements("System.Collections.IEnumerable");

    /// <summary>Whether a module is one of the runtime's own.</summary>
    public static bool IsRuntimes(ModuleMetadata module) => module.IsOfRuntime;

    private static bool IsInside(TypeFacts facts) =>
        facts.Type.Module is { } module
        && IsRuntimes(module)
        && facts.Made is null
        && facts.Name is { Suffix.Length: 0 }
        && !module.IsVisible(facts.Type.Token);

    private static string? OfCall(string name) => name switch
    {
        _ when name.Contains("WhenAll", StringComparison.Ordinal) => "Task.WhenAll",
        _ when name.Contains("WhenAny", StringComparison.Ordinal)
            || name.Contains("CompleteOnInvoke", StringComparison.Ordinal) => "Task.WhenAny",
        _ when name.Contains("+DelayPromise", StringComparison.Ordinal) => "Task.Delay",
        _ when name.Contains("+CancellationPromise", StringComparison.Ordinal) => "Task.WaitAsync",
        _ when name.Contains("UnwrapPromise", StringComparison.Ordinal) => "Task.Unwrap",
        _ when name.Contains("ContinuationTaskFrom", StringComparison.Ordinal) => "Task",
        _ when name.EndsWith("AwaitTaskContinuation", StringComparison.Ordinal) => "await",
        _ => null,
    };

    // ListWhereSelectIterator: the calls are in the name.
    private static string OfQuery(string name)
    {
        string[] calls =
        [
            .. Call().Matches(name[Query.Length..])
                .Select(m => m.Value == "Ordered" ? "OrderBy" : m.Value)
                .Distinct(),
        ];
        return calls.Length == 0 ? "LINQ query" : $"LINQ query ({string.Join(", ", calls)})";
    }

    [GeneratedRegex(
        "SelectMany|Select|Where|Ordered|Skip|Take|Append|Prepend|Concat|Distinct|Union|Intersect|Except|Reverse|"
        + "GroupBy|GroupJoin|Join|OfType|Cast|Chunk|Zip|DefaultIfEmpty|Range|Repeat|Shuffle|Index")]
    private static partial Regex Call();
}

using System.Text.RegularExpressions;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.RuntimeLayout;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// Names the method that a delegate calls at the reference that holds the delegate, because the programmer sees one
/// thing, not three objects.
/// </summary>
internal static partial class DelegateTarget
{
    private const string Method = "method";

    /// <summary>
    /// Turns <c>event Closed</c> into <c>event Closed += Dialog.OnClosed</c> when the held object is a delegate and the
    /// path goes through its target or its method.
    /// </summary>
    /// <param name="words">The words for the references up to the delegate.</param>
    /// <param name="path">The path.</param>
    /// <param name="at">The index of the delegate.</param>
    public static ReferenceWords Append(ReferenceWords words, PathCursor path, int at)
    {
        if (at >= path.Last || path.TypeOf(at) is not { Type.IsDelegate: true }) return words;
        Match target = Target().Match(path.References(at));
        if (!target.Success) return words;
        int length = target.Value.Count(c => c == '/') + 1;
        if (IsStateMachine(path, at + length)) return Continuation(words, path, at, length);
        string sign = words.Kind == ReferenceKind.Event ? "+=" : "=";
        HeapMethod? called = path.Heap.MethodOf(path.Objects[at + length - 1]);
        HeapType? callee = target.Groups[Method].Success ? null : path.TypeOf(at + length)?.Type;
        string method = called is not null ? MethodFormatter.Of(called, callee) : OfUnknown(path, at + length - 1);
        ReferenceKind kind = words.Kind is ReferenceKind.Field or ReferenceKind.Element
            ? ReferenceKind.Delegate
            : words.Kind;
        return new ReferenceWords($"{words.Text} {sign} {method}", words.Length + length, kind)
        {
            Facts = words.Facts with { Handler = method },
            Handler = called is null ? null : $"{path.FactsOf(called.Type).Definition}.{called.Name}",
        };
    }

    /// <summary>
    /// The event whose handlers a field keeps, or null. The field has the event's own name, the name that Visual Basic
    /// gives it, or, where the accessors are written by hand, the usual name or the name found in their code.
    /// </summary>
    public static string? EventOf(HeapType declaringType, string field)
    {
        ModuleMetadata module = declaringType.Module;
        // Visual Basic names the field behind the event Closed "ClosedEvent".
        const string VisualBasic = "Event";
        string[] names = field.EndsWith(VisualBasic, StringComparison.Ordinal)
            ? [field, field[..^VisualBasic.Length]]
            : [field, WithoutPrefix(field)];
        string? named = Array.Find(names, n => module.HasEvent(declaringType.Token, n));
        // A private event to which another event adds the handlers.
        if (named is null || !char.IsUpper(named[0])) named = module.EventOf(declaringType.Token, field) ?? named;
        // The last part is the name of an event that implements an interface explicitly.
        return named?[(named.LastIndexOf('.') + 1)..];
    }

    // An await hands out a delegate to the code after it. The object that the delegate leads to is named with its
    // method.
    private static ReferenceWords Continuation(ReferenceWords words, PathCursor path, int at, int length) =>
        words.Kind == ReferenceKind.Continuation
            ? words with { Length = words.Length + length }
            : words with
            {
                Text = $"{words.Text} {(words.Kind == ReferenceKind.Event ? "+=" : "=")} continuation",
                Length = words.Length + length,
                Kind = words.Kind is ReferenceKind.Field or ReferenceKind.Element
                    ? ReferenceKind.Continuation
                    : words.Kind,
                Facts = words.Facts with { Handler = TypeFormatter.Of(path, at + length) },
            };

    private static bool IsStateMachine(PathCursor path, int at) =>
        path.TypeOf(at) is { IsMachineBox: true } or { IsStateMachine: true }
        // The task of an async method of .NET 11 leads to the method that is suspended (runtime async).
        || path.TypeOf(at) is { Definition: FrameworkFields.ContinuationTask };

    // Code without metadata.
    private static string OfUnknown(PathCursor path, int at)
    {
        const int LongestName = 200;
        if (path.TypeOf(at + 1)?.Definition == "System.Runtime.CompilerServices.Closure")
            return "a compiled expression";
        HeapObject? holder = path.Heap.ObjectAt(path.Objects[at]);
        return (holder?.Reference("_methodBase") ?? holder?.Reference("_helperObject"))?.Reference("_name") is { Type.IsString: true } text
            && path.Heap.StringAt(text.Address, LongestName) is { } name
                ? $"dynamic method {name}"
                : "a delegate";
    }

    // _closed, m_closed, s_closed and closed for an event Closed.
    private static string WithoutPrefix(string field)
    {
        string name = field.Length > 2 && field[1] == '_' ? field[2..] : field.TrimStart('_');
        return name.Length == 0 ? field : char.ToUpperInvariant(name[0]) + name[1..];
    }

    // The target of a static method is the delegate itself. The other field keeps the method: a dynamic method, or the
    // loader allocator of a collectible type. Since .NET 11 that field also keeps the list of several handlers.
    [GeneratedRegex(@"^(_invocationList/\[\d+\]/|_helperObject/\[\d+\]\.Value/)?(_target|(?<method>_methodBase|_helperObject))(?=/|$)")]
    private static partial Regex Target();
}

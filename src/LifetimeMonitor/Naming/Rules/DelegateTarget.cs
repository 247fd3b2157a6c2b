using System.Text.RegularExpressions;
using LifetimeMonitor.Heap.Metadata;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Naming.Rules;

/// <summary>What a delegate calls: said where the delegate is held, because the programmer sees one thing, not three objects.</summary>
internal static partial class DelegateTarget
{
    private const string Method = "method";

    /// <summary>Makes <c>event Closed += Dialog.OnClosed</c> of <c>event Closed</c>, when what is held is a delegate and the path goes through its target or its method.</summary>
    /// <param name="words">The words for the references up to the delegate.</param>
    /// <param name="path">The path.</param>
    /// <param name="at">The number of the delegate.</param>
    public static ReferenceWords Append(ReferenceWords words, RawPath path, int at)
    {
        if (at >= path.Last || path.TypeOf(at) is not { Type.IsDelegate: true }) return words;
        Match target = Target().Match(path.References(at));
        if (!target.Success) return words;
        int length = target.Value.Count(c => c == '/') + 1;
        string sign = words.Nature == ReferenceNature.Event ? "+=" : "=";
        HeapMethod? called = path.Heap.MethodOf(path.Objects[at + length - 1]);
        HeapType? callee = target.Groups[Method].Success ? null : path.TypeOf(at + length)?.Type;
        string method = called is not null ? MethodWords.Of(called, callee) : OfUnknown(path, at + length - 1);
        ReferenceNature nature = words.Nature is ReferenceNature.Field or ReferenceNature.Element ? ReferenceNature.Delegate : words.Nature;
        return new ReferenceWords($"{words.Text} {sign} {method}", words.Length + length, nature)
        {
            Handler = called is null ? null : $"{path.FactsOf(called.Type).Definition}.{called.Name}",
        };
    }

    /// <summary>The event whose handlers a field keeps, or null: of the event's own name, of the name Visual Basic gives it, or, where the accessors are written by hand, of the usual one or the one that their code tells.</summary>
    public static string? EventOf(HeapType declaringType, string field)
    {
        ModuleMetadata module = declaringType.Module;
        const string VisualBasic = "Event"; // it calls the field behind an event Closed ClosedEvent
        string[] names = field.EndsWith(VisualBasic, StringComparison.Ordinal) ? [field, field[..^VisualBasic.Length]] : [field, WithoutPrefix(field)];
        string? named = Array.Find(names, n => module.HasEvent(declaringType.Token, n));
        // An event that only its type knows, and that another one adds to.
        if (named is null || !char.IsUpper(named[0])) named = module.EventOf(declaringType.Token, field) ?? named;
        return named?[(named.LastIndexOf('.') + 1)..]; // one that implements an interface explicitly
    }

    // Code without metadata.
    private static string OfUnknown(RawPath path, int at)
    {
        const int LongestName = 200;
        if (path.TypeOf(at + 1)?.Definition == "System.Runtime.CompilerServices.Closure") return "a compiled expression";
        return path.Heap.ObjectAt(path.Objects[at])?.Reference("_methodBase")?.Reference("_name") is { Type.IsString: true } text && path.Heap.StringAt(text.Address, LongestName) is { } name
            ? $"dynamic method {name}"
            : "a delegate";
    }

    // _closed, m_closed, s_closed and closed for an event Closed.
    private static string WithoutPrefix(string field)
    {
        string name = field.Length > 2 && field[1] == '_' ? field[2..] : field.TrimStart('_');
        return name.Length == 0 ? field : char.ToUpperInvariant(name[0]) + name[1..];
    }

    // The target of a static method is the delegate itself; by the other field it keeps the method: a dynamic one, or the loader allocator of a collectible type.
    [GeneratedRegex(@"^(_invocationList/\[\d+\]/)?(_target|(?<method>_methodBase))(?=/|$)")]
    private static partial Regex Target();
}

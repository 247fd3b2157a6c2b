using System.Text.RegularExpressions;
using LifetimeMonitor.Heap.Types;
using LifetimeMonitor.Naming.Compiler;

namespace LifetimeMonitor.Naming.Rules;

/// <summary>What a delegate calls: said where the delegate is held, because the programmer sees one thing, not three objects.</summary>
internal static partial class DelegateTarget
{
    /// <summary>Makes <c>event Closed += Dialog.OnClosed</c> of <c>event Closed</c>, when what is held is a delegate and the path goes through its target.</summary>
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
        string method = path.Heap.MethodOf(path.Objects[at + length - 1]) is { } called ? MethodNames.Of(called.Type.RuntimeName, called.Name) : "a delegate";
        ReferenceNature nature = words.Nature is ReferenceNature.Field or ReferenceNature.Element ? ReferenceNature.Delegate : words.Nature;
        return new ReferenceWords($"{words.Text} {sign} {method}", words.Length + length, nature);
    }

    /// <summary>Whether a field is the one behind an event.</summary>
    public static bool IsEvent(HeapType declaringType, string field)
    {
        const string VisualBasic = "Event"; // it calls the field behind an event Closed ClosedEvent
        return declaringType.Module.HasEvent(declaringType.Token, field)
            || (field.EndsWith(VisualBasic, StringComparison.Ordinal) && declaringType.Module.HasEvent(declaringType.Token, field[..^VisualBasic.Length]));
    }

    [GeneratedRegex(@"^(_invocationList/\[\d+\]/)?_target(?=/|$)")]
    private static partial Regex Target();
}

using System.Globalization;
using LifetimeMonitor.Heap;
using LifetimeMonitor.Heap.Types;

namespace LifetimeMonitor.Naming;

/// <summary>What an object on the path is called: its type, or what the programmer knows it as.</summary>
internal static class TypeWords
{
    public static string Of(RawPath path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return "?";
        if (StateMachine(path, at) is { } machine) return machine.InWords;
        return facts.Definition switch
        {
            "System.Threading.TimerQueueTimer" when path.Heap.ObjectAt(path.Objects[at]) is { } timer => Timer(timer),
            "System.Threading.Tasks.Task+DelayPromise" or "System.Threading.Tasks.Task+DelayPromiseWithCancellation" => "Task.Delay",
            var d when d.StartsWith("System.Threading.Tasks.ContinuationTaskFrom", StringComparison.Ordinal) => "Task",
            // The framework picks one of many; the programmer knows the one they derive from.
            var d when d.StartsWith("System.Collections.Frozen.", StringComparison.Ordinal) => path.FactsOf(Public(facts.Type)).InWords,
            _ => facts.InWords,
        };
    }

    private static HeapType Public(HeapType type)
    {
        while (type.Base is { Base: not null } derivedFrom) type = derivedFrom;
        return type;
    }

    /// <summary>The state machine of an async method or iterator: the object itself, or what lies in it when it is the box of one; null for other objects.</summary>
    public static TypeFacts? StateMachine(RawPath path, int at)
    {
        const string InBox = "StateMachine";
        if (path.TypeOf(at) is not { } facts) return null;
        if (facts.IsStateMachine) return facts;
        if (!facts.Definition.EndsWith("StateMachineBox", StringComparison.Ordinal) || path.Heap.ObjectAt(path.Objects[at]) is not { } box) return null;
        HeapType? machine = box.Reference(InBox)?.Type ?? box.Value(InBox)?.DeclaredType;
        return machine is not null && path.FactsOf(machine) is { IsStateMachine: true } made ? made : null;
    }

    private static string Timer(HeapObject timer)
    {
        string due = timer.Number<uint>("_dueTime") is { } first && first != uint.MaxValue ? $"due after {Time(first)}" : "not due";
        string period = timer.Number<uint>("_period") is { } every && every != uint.MaxValue && every != 0 ? $", every {Time(every)}" : "";
        return $"timer ({due}{period})";
    }

    private static string Time(uint milliseconds)
    {
        TimeSpan time = TimeSpan.FromMilliseconds(milliseconds);
        (double number, string unit) = time switch
        {
            { TotalDays: >= 1 } => (time.TotalDays, "d"),
            { TotalHours: >= 1 } => (time.TotalHours, "h"),
            { TotalMinutes: >= 1 } => (time.TotalMinutes, "min"),
            { TotalSeconds: >= 1 } => (time.TotalSeconds, "s"),
            _ => (milliseconds, "ms"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.##} {unit}");
    }
}

using System.Globalization;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>The name of an object on the path: its type, or the programmer's term for it.</summary>
internal static class TypeFormatter
{
    public static string Of(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return "?";
        if (StateMachine(path, at) is { } machine) return machine.InWords;
        return facts.Definition switch
        {
            "System.Threading.TimerQueueTimer" when path.Heap.ObjectAt(path.Objects[at]) is { } timer =>
                Timer(timer),
            "System.Threading.Tasks.Task+DelayPromise"
                or "System.Threading.Tasks.Task+DelayPromiseWithCancellation" => "Task.Delay",
            var d when d.StartsWith("System.Threading.Tasks.ContinuationTaskFrom", StringComparison.Ordinal) => "Task",
            // The framework picks one of many types. The programmer knows only their base type.
            var d when d.StartsWith("System.Collections.Frozen.", StringComparison.Ordinal) =>
                path.FactsOf(Public(facts.Type)).InWords,
            _ => facts.InWords,
        };
    }

    private static HeapType Public(HeapType type)
    {
        while (type.Base is { Base: not null } derivedFrom) type = derivedFrom;
        return type;
    }

    /// <summary>
    /// The state machine of an async method or iterator: the object itself, or the contents of its box; null for other
    /// objects.
    /// </summary>
    public static TypeFacts? StateMachine(PathCursor path, int at)
    {
        const string InBox = "StateMachine";
        if (path.TypeOf(at) is not { } facts) return null;
        if (facts.IsStateMachine) return facts;
        if (!facts.Definition.EndsWith("StateMachineBox", StringComparison.Ordinal)
            || path.Heap.ObjectAt(path.Objects[at]) is not { } box)
            return null;
        HeapType? machine = box.Reference(InBox)?.Type ?? box.Value(InBox)?.DeclaredType;
        return machine is not null && path.FactsOf(machine) is { IsStateMachine: true } made
            ? made
            : null;
    }

    /// <summary>Whether an object is, or boxes, a state machine that has run to its end.</summary>
    public static bool HasEnded(PathCursor path, int at)
    {
        const int Ended = -2;
        if (StateMachine(path, at) is not { StateField: { Length: > 0 } state } machine
            || path.Heap.ObjectAt(path.Objects[at]) is not { } held)
            return false;
        if (held.Type == machine.Type) return held.Number<int>(state) == Ended;
        return held.Reference("StateMachine") is { } boxed
            ? boxed.Number<int>(state) == Ended
            : held.Value("StateMachine")?.Field(state) is { } field && field.TryRead(out int number) && number == Ended;
    }

    private static string Timer(HeapObject timer)
    {
        string due = timer.Number<uint>("_dueTime") is { } first && first != uint.MaxValue
            ? $"due after {Time(first)}"
            : "not due";
        string period = timer.Number<uint>("_period") is { } every && every != uint.MaxValue && every != 0
            ? $", every {Time(every)}"
            : "";
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

using System.Globalization;
using LifetimeMonitoring.Heap;

namespace LifetimeMonitoring.Naming;

/// <summary>The name of an object on the path: its type, or the programmer's term for it.</summary>
internal static class TypeFormatter
{
    public static string Of(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return "?";
        if (Suspended(path, at) is { } method) return method.InWords;
        return facts.Definition switch
        {
            "System.Threading.TimerQueueTimer" when path.Heap.ObjectAt(path.Objects[at]) is { } timer =>
                Timer(timer),
            "System.RuntimeType" when path.Heap.ObjectAt(path.Objects[at]) is { } type =>
                OfType(type) is { } name ? $"typeof({name})" : "Type",
            var d when d.StartsWith("System.Reflection.R", StringComparison.Ordinal)
                && path.Heap.ObjectAt(path.Objects[at])?.Reference("m_declaringType") is { } declaring
                && OfType(declaring) is { } owner =>
                $"{RuntimeInsides.Name(facts) ?? facts.InWords} of {owner}",
            _ => RuntimeInsides.Name(facts) ?? Proxies.Name(facts) ?? facts.InWords,
        };
    }

    /// <summary>The name of the type that an object of reflection stands for; null when it is not known.</summary>
    public static string? OfType(HeapObject type) =>
        type.Number<ulong>("m_handle") is { } handle && type.TypeOfHandle(handle) is { } found
            ? Proxies.Name(new TypeFacts(found)) ?? TypeNames.FromRuntimeName(found.RuntimeName)
            : null;

    /// <summary>
    /// The state machine of an async method or iterator: the object itself, or the contents of its box; null for other
    /// objects.
    /// </summary>
    public static TypeFacts? StateMachine(PathCursor path, int at)
    {
        if (path.TypeOf(at) is not { } facts) return null;
        return facts.IsStateMachine ? facts : MachineBox.Of(path, at)?.Machine;
    }

    /// <summary>The async method or iterator whose variables an object has; null for other objects.</summary>
    public static SuspendedMethod? Suspended(PathCursor path, int at) =>
        StateMachine(path, at) is { } machine ? SuspendedMethod.Of(machine) : SuspendedMethod.Of(path, at);

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

using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The execution context that a timer captured when it was made. The timer is known by its callback. Fields as of .NET
/// 8 to 10.
/// </summary>
internal sealed class TimerContextRule : IReferenceRule
{
    public ReferenceWords? Name(PathCursor path, int at)
    {
        if (path.TypeOf(at)?.Definition != "System.Threading.TimerQueueTimer"
            || path.Reference(at).Text != "_executionContext"
            || path.Heap.ObjectAt(path.Objects[at])?.Reference("_timerCallback") is not { } callback
            || path.Heap.MethodOf(callback.Address) is not { } method)
            return null;
        HeapType? target = callback.Reference("_target")?.Type;
        string name = MethodFormatter.Of(method, target);
        return new ReferenceWords($"execution context of the timer for {name}", 1, ReferenceKind.Field)
        {
            Facts = new ReferenceFacts { Handler = name },
        };
    }
}

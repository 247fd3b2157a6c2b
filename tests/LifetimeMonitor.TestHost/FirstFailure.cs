using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// The generic framework types for our structs and enums that the first failing check compiles. The framework has
/// compiled code for objects, and compilation takes most of the time of a first failure.
/// </summary>
internal sealed class FirstFailure : EventListener
{
    private const EventKeywords JustInTime = (EventKeywords)0x10;
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentQueue<string> _types = new();

    public static int Run()
    {
        LifetimeOptions.Default = new LifetimeOptions { TimeBudget = TimeSpan.FromMinutes(2) };
        using var listener = new FirstFailure();
        LifeTimeMonitor leak = Holder.LeakThroughList();
        bool isExact = leak.Check().Certainty == PathCertainty.Exact;
        // This last event shows that all earlier ones have arrived.
        _ = new List<Last> { default };
        bool isComplete = SpinWait.SpinUntil(() => listener._types.Any(t => t.Contains(nameof(Last), StringComparison.Ordinal)), s_limit);
        string[] types = [.. listener._types];
        Console.WriteLine($"{(isExact ? "exact" : "not exact")}, {types.Length} methods");
        foreach (string type in types.Where(IsOfOurStruct).Distinct().Order(StringComparer.Ordinal)) Console.WriteLine(type);
        return isComplete ? 0 : 1;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(eventSource, EventLevel.Verbose, JustInTime);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true) return;
        int index = eventData.PayloadNames?.IndexOf("MethodNamespace") ?? -1;
        if (index >= 0 && eventData.Payload?[index] is string type) _types?.Enqueue(type);
    }

    private static bool IsOfOurStruct(string type) =>
        type.StartsWith("System.", StringComparison.Ordinal)
            && type.Contains("[LifetimeMonitoring.", StringComparison.Ordinal)
            && !type.Contains(nameof(Last), StringComparison.Ordinal);

    private readonly struct Last;
}

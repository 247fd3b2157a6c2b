namespace LifetimeMonitor.Naming.Rules;

/// <summary>The insides of tasks, timers, tokens, threads and contexts, in the words of their users. Fields as of .NET 8 to 10.</summary>
internal static class Concurrency
{
    private const string Threading = "System.Threading.";

    public static IEnumerable<ShapeRule> Rules =>
    [
        new(Threading + "Tasks.Task", @"m_continuationObject(/_items/\[\d+\])?(/m_task)?", "continuation", Nature: ReferenceNature.Continuation),
        new(Threading + "Tasks.Task", "m_action", "action", Nature: ReferenceNature.Continuation),
        new(Threading + "Tasks.Task", "m_stateObject", "state", Nature: ReferenceNature.Field),
        new(Threading + "Tasks.Task", "m_result", "Result", Nature: ReferenceNature.Field),
        new(Threading + "Tasks.TaskCompletionSource", "_task", "Task", Nature: ReferenceNature.Field),
        new(Threading + "Timer", "_timer/_timer", "timer", Nature: ReferenceNature.Timer),
        new(Threading + "TimerQueueTimer", "_timerCallback", "callback", Nature: ReferenceNature.Timer),
        new(Threading + "TimerQueueTimer", "_state", "state", Nature: ReferenceNature.Timer),
        new(Threading + "TimerQueueTimer", "_executionContext", "execution context", Nature: ReferenceNature.Field),
        new("System.Timers.Timer", "_onIntervalElapsed", "event Elapsed", Nature: ReferenceNature.Event),
        new(Threading + "CancellationTokenSource", "_registrations/Callbacks(/Next|/Prev)*/(Callback|CallbackState)", "registration", Nature: ReferenceNature.CancellationRegistration),
        // Who keeps one registration keeps those beside it.
        new(Threading + "CancellationTokenSource+CallbackNode", "(Registrations/Callbacks/|Next/|Prev/)*(Callback|CallbackState)", "registration", Nature: ReferenceNature.CancellationRegistration),
        new(Threading + "ExecutionContext", @"m_localValues/(_value\d|_item\d\.value|(_keyValues|_entries)/\[\d+\]\.(value|Value))", "AsyncLocal value", Nature: ReferenceNature.AsyncLocal),
        new(Threading + "ThreadLocal", "_linkedSlot(/_next)*/_value", "value of a thread", Nature: ReferenceNature.Field),
        new(Threading + "SemaphoreSlim", "m_asyncHead(/Next)*", "waiter", Nature: ReferenceNature.Field),
        new(Threading + "PeriodicTimer", @"_state(/_mrvtsc\._continuationState)?", "wait for the next tick", Nature: ReferenceNature.Continuation),
        new(Threading + "Channels.UnboundedChannel", WaitingFor("Readers"), "waiting reader", Nature: ReferenceNature.Continuation),
        new(Threading + "Channels.BoundedChannel", WaitingFor("Readers"), "waiting reader", Nature: ReferenceNature.Continuation),
        new(Threading + "Channels.BoundedChannel", WaitingFor("Writers"), "waiting writer", Nature: ReferenceNature.Continuation),
        new(Threading + "Thread", "_executionContext", "execution context", Nature: ReferenceNature.Field),
        new(Threading + "Thread", "_startHelper/_start", "start", Nature: ReferenceNature.Delegate),
        new(Threading + "Thread", "_startHelper/_startArg", "argument of its start", Nature: ReferenceNature.Field),
        new("System.RuntimeType", "m_keepalive", "loader allocator of its assembly", Nature: ReferenceNature.LoaderAllocator),
        new("System.Reflection.RuntimeAssembly", "m_syncRoot", "loader allocator of the assembly", Nature: ReferenceNature.LoaderAllocator),
        new("System.Runtime.CompilerServices.Closure", @"(Constants|Locals)/\[\d+\](/Value)?", "captured by the expression", Nature: ReferenceNature.CapturedVariable),
        new("System.Exception", "_data", "Data", Nature: ReferenceNature.Field),
        new("System.Exception", "_innerException", "InnerException", Nature: ReferenceNature.Field),
    ];

    // Readers and writers wait in a ring.
    private static string WaitingFor(string whom) => $"(_waiting|_blocked){whom}(Head|Tail)(/Next|/Previous)*/_continuationState";
}

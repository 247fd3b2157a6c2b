using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Naming.Rules;

/// <summary>
/// The insides of tasks, timers, tokens, threads and contexts, in the words of their users. Fields as of .NET 8 to
/// 11.
/// </summary>
internal static class Concurrency
{
    /// <summary>The words for a thread's own synchronization context.</summary>
    public const string SynchronizationContext = "SynchronizationContext";

    private const string Threading = "System.Threading.";

    public static IEnumerable<ShapeRule> Rules =>
    [
        // The task of an async method of .NET 11 leads to the method that is suspended (runtime async).
        new(Threading + "Tasks.Task", "m_stateObject/Next", "suspended method", Kind: ReferenceKind.Field),
        new(Threading + "Tasks.Task", "m_stateObject", "suspended method", Kind: ReferenceKind.Field)
        {
            LeadsTo = FrameworkFields.Continuation,
        },
        new(Threading + "Tasks.Task", "m_stateObject/Source", "awaited operation", Kind: ReferenceKind.Field),
        new(FrameworkFields.Continuation, "Next", "continuation", Kind: ReferenceKind.Continuation),
        new(
            Threading + "Tasks.Task",
            @"m_continuationObject(/_items/\[\d+\])?(/m_task|/m_action|/Next)?",
            "continuation",
            Kind: ReferenceKind.Continuation),
        new(
            Threading + "Tasks.Task",
            @"(m_continuationObject(/_items/\[\d+\])?|m_contingentProperties)/m_capturedContext",
            "execution context",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            @"m_continuationObject(/_items/\[\d+\])?/m_syncContext",
            "synchronization context of the continuation",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            @"m_continuationObject(/_items/\[\d+\])?/m_scheduler",
            "task scheduler of the continuation",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            @"m_contingentProperties/m_exceptionsHolder/m_faultExceptions/_items/\[\d+\]/_exception",
            "Exception",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            "m_contingentProperties/m_cancellationToken",
            "cancellation token",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            "m_contingentProperties/m_cancellationRegistration(/[^/]+)?",
            "registration of its cancellation",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            "m_contingentProperties/m_parent",
            "parent task",
            Kind: ReferenceKind.Field),
        new(
            Threading + "Tasks.Task",
            @"m_contingentProperties/m_exceptionalChildren/_items/\[\d+\]",
            "child task",
            Kind: ReferenceKind.Field),
        new(Threading + "Tasks.Task", "m_contingentProperties", "further state", Kind: ReferenceKind.Field),
        new(Threading + "Tasks.Task", "m_taskScheduler", "task scheduler", Kind: ReferenceKind.Field),
        new(Threading + "Tasks.Task", "m_action", "action", Kind: ReferenceKind.Continuation),
        // The box of an async method keeps the method's context there.
        new(Threading + "Tasks.Task", "m_stateObject", "execution context", Kind: ReferenceKind.Field)
        {
            LeadsTo = Threading + "ExecutionContext",
        },
        new(Threading + "Tasks.Task", "m_stateObject", "state", Kind: ReferenceKind.Field),
        new(Threading + "Tasks.Task", "m_result", "Result", Kind: ReferenceKind.Field),
        new(Threading + "Tasks.TaskCompletionSource", "_task", "Task", Kind: ReferenceKind.Field),
        new(Threading + "Timer", "_timer/_timer", "timer", Kind: ReferenceKind.Timer),
        new(Threading + "TimerQueueTimer", "_timerCallback", "callback", Kind: ReferenceKind.Timer),
        new(Threading + "TimerQueueTimer", "_state", "state", Kind: ReferenceKind.Timer),
        new(Threading + "TimerQueueTimer", "_executionContext", "execution context", Kind: ReferenceKind.Field),
        new("System.Timers.Timer", "_onIntervalElapsed", "event Elapsed", Kind: ReferenceKind.Event),
        new(
            Threading + "CancellationTokenSource",
            "_registrations/Callbacks(/Next|/Prev)*/(Callback|CallbackState)",
            "registration",
            Kind: ReferenceKind.CancellationRegistration),
        // A reference to one registration also keeps its neighbors.
        new(
            Threading + "CancellationTokenSource+CallbackNode",
            "(Registrations/Callbacks/|Next/|Prev/)*(Callback|CallbackState)",
            "registration",
            Kind: ReferenceKind.CancellationRegistration),
        new(
            Threading + "ExecutionContext",
            @"m_localValues/(_value\d|_item\d\.value|(_keyValues|_entries)/\[\d+\]\.(value|Value))",
            "AsyncLocal value",
            Kind: ReferenceKind.AsyncLocal),
        new(Threading + "ThreadLocal", "_linkedSlot(/_next)*/_value", "value of a thread", Kind: ReferenceKind.Field),
        new(Threading + "SemaphoreSlim", "m_asyncHead(/Next)*", "waiter", Kind: ReferenceKind.Field),
        new(
            Threading + "PeriodicTimer",
            @"_state(/_mrvtsc\._continuationState)?",
            "wait for the next tick",
            Kind: ReferenceKind.Continuation),
        new(
            Threading + "Channels.UnboundedChannel",
            WaitingFor("Readers"),
            "waiting reader",
            Kind: ReferenceKind.Continuation),
        new(
            Threading + "Channels.BoundedChannel",
            WaitingFor("Readers"),
            "waiting reader",
            Kind: ReferenceKind.Continuation),
        new(
            Threading + "Channels.BoundedChannel",
            WaitingFor("Writers"),
            "waiting writer",
            Kind: ReferenceKind.Continuation),
        new(Threading + "Thread", "_executionContext", "execution context", Kind: ReferenceKind.Field),
        new(Threading + "Thread", "_synchronizationContext", SynchronizationContext, Kind: ReferenceKind.Field),
        new(Threading + "Thread", "_startHelper/_start", "start", Kind: ReferenceKind.Delegate),
        new(Threading + "Thread", "_startHelper/_startArg", "argument of its start", Kind: ReferenceKind.Field),
        new(
            "System.RuntimeType",
            "m_keepalive",
            "loader allocator of its assembly",
            Kind: ReferenceKind.LoaderAllocator),
        new(
            "System.Reflection.RuntimeAssembly",
            "m_syncRoot",
            "loader allocator of the assembly",
            Kind: ReferenceKind.LoaderAllocator),
        new(
            "System.Runtime.CompilerServices.Closure",
            @"(Constants|Locals)/\[\d+\](/Value)?",
            "captured by the expression",
            Kind: ReferenceKind.CapturedVariable),
        new("System.Exception", "_data", "Data", Kind: ReferenceKind.Field),
        new("System.Exception", "_innerException", "InnerException", Kind: ReferenceKind.Field),
    ];

    // Readers and writers wait in a ring.
    private static string WaitingFor(string whom) =>
        $"(_waiting|_blocked){whom}(Head|Tail)(/Next|/Previous)*/_continuationState";
}

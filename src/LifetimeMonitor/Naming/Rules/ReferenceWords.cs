namespace LifetimeMonitor.Naming.Rules;

/// <summary>One or more references in the programmer's words.</summary>
/// <param name="Text">The words.</param>
/// <param name="Length">How many references they stand for; at least one.</param>
/// <param name="Nature">What kind of holding it is.</param>
internal sealed record ReferenceWords(string Text, int Length, ReferenceNature Nature)
{
    /// <summary>The method that a delegate in it calls, as <c>Namespace.Type.Method</c>; null when there is none.</summary>
    public string? Handler { get; init; }
}

/// <summary>What kind of holding a reference is: what is to blame, and what to do, follow from it.</summary>
internal enum ReferenceNature
{
    Field,
    Element,
    Event,
    Delegate,
    CapturedVariable,
    SuspendedMethod,
    Timer,
    CancellationRegistration,
    Continuation,
    AsyncLocal,
    Attached,
    LoaderAllocator,
}

/// <summary>Knows some references by another name than their fields'.</summary>
internal interface IReferenceRule
{
    /// <summary>The words for what begins at an object of the path, or null when the rule does not apply.</summary>
    ReferenceWords? Name(RawPath path, int at);
}

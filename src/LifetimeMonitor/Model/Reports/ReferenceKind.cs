namespace LifetimeMonitoring.Reports;

/// <summary>
/// The kind of a reference on a path. New kinds may be added; treat one that you do not know as <see cref="Field"/>.
/// </summary>
public enum ReferenceKind
{
    /// <summary>A field, or a property with a field of its own.</summary>
    Field = 0,

    /// <summary>An element, key or value of an array or a collection.</summary>
    Element = 1,

    /// <summary>A handler of an event.</summary>
    Event = 2,

    /// <summary>The target of a delegate that is not an event.</summary>
    Delegate = 3,

    /// <summary>A variable that a lambda or a local function captured.</summary>
    CapturedVariable = 4,

    /// <summary>A local variable, parameter or <c>this</c> of an async method or iterator that is suspended.</summary>
    SuspendedMethod = 5,

    /// <summary>A timer, and the callback that it calls.</summary>
    Timer = 6,

    /// <summary>A callback registered on a <see cref="CancellationToken"/>.</summary>
    CancellationRegistration = 7,

    /// <summary>The code that goes on when a task ends.</summary>
    Continuation = 8,

    /// <summary>The value of an <see cref="AsyncLocal{T}"/>.</summary>
    AsyncLocal = 9,

    /// <summary>A value attached to the object by a ConditionalWeakTable or a dependent handle.</summary>
    Attached = 10,

    /// <summary>The assembly of a collectible type, which each of its objects keeps loaded.</summary>
    LoaderAllocator = 11,
}

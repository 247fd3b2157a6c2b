namespace LifetimeMonitoring.Reports;

/// <summary>The kinds of roots that a path begins at.</summary>
public enum RootKind
{
    /// <summary>A static field.</summary>
    StaticField = 0,

    /// <summary>A <c>[ThreadStatic]</c> field of one thread.</summary>
    ThreadStaticField = 1,

    /// <summary>
    /// A strong <see cref="System.Runtime.InteropServices.GCHandle"/>, or one the runtime made for itself.
    /// </summary>
    StrongHandle = 2,

    /// <summary>A pinned <see cref="System.Runtime.InteropServices.GCHandle"/>.</summary>
    PinnedHandle = 3,

    /// <summary>A handle that pins the buffers of asynchronous input or output while it is under way.</summary>
    AsyncPinnedHandle = 4,

    /// <summary>A handle that is strong while native code counts references to it.</summary>
    RefCountedHandle = 5,

    /// <summary>A handle the runtime uses to account for the size of the objects that it holds.</summary>
    SizedReferenceHandle = 6,

    /// <summary>The object waits for its finalizer to run, or is held by one that does.</summary>
    FinalizerQueue = 7,

    /// <summary>A local variable, argument or temporary of a method that is running.</summary>
    Stack = 8,

    /// <summary>An object named by the caller (<see cref="ObjectGraph.FindShortestPath"/>).</summary>
    StartingObject = 9,

    /// <summary>The exception that a thread is handling.</summary>
    ExceptionBeingHandled = 10,

    /// <summary>
    /// A <see cref="System.Runtime.DependentHandle"/> or an entry of a ConditionalWeakTable whose key is never
    /// collected: a <see cref="Type"/>, a string literal. A value that is attached to another object is held by that
    /// object.
    /// </summary>
    DependentHandle = 11,
}

using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>An object under test, held only by weak handles, and the results of its assertions so far.</summary>
internal sealed class MonitoredObject
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public MonitoredObject(object target, TrackedObject described)
    {
        LifetimeEngine.Prepare();
        Weak = new WeakTarget(target);
        Described = described;
        IsLoadContext = target is AssemblyLoadContext;
    }

    public WeakTarget Weak { get; }

    public TrackedObject Described { get; }

    /// <summary>An assembly load context dies in more steps than other objects.</summary>
    public bool IsLoadContext { get; }

    /// <summary>An assertion that it is dead has passed, so that its scope need not ask again.</summary>
    public bool HasPassed { get; private set; }

    /// <summary>An assertion that it is dead has failed, and has thrown its report.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>An object that the program did not track.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static MonitoredObject OfInstance(object instance) => new(
        instance,
        new TrackedObject(TypeNames.Of(instance.GetType()), expression: null, member: null, filePath: null, line: 0));

    public void Answered(bool passed)
    {
        if (passed) HasPassed = true;
        else HasFailed = true;
    }
}

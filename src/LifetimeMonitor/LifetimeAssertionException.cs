using System.Collections.ObjectModel;

namespace LifetimeMonitor;

/// <summary>A lifetime was not what a test expects. The message is the whole report.</summary>
public abstract class LifetimeAssertionException : Exception, IAssertionException
{
    private protected LifetimeAssertionException(IReadOnlyList<LifetimeReport> reports, string message)
        : base(message) => Reports = new ReportList(reports);

    /// <summary>The reports of all objects that were not as expected.</summary>
    public IReadOnlyList<LifetimeReport> Reports { get; }

    // NUnit prints each property of an exception below its message, which is the whole report already.
    private sealed class ReportList(IReadOnlyList<LifetimeReport> reports) : ReadOnlyCollection<LifetimeReport>([.. reports])
    {
        public override string ToString() => $"{Count}, in the message above";
    }
}

/// <summary>Objects that should be dead are not. The message shows who holds them.</summary>
public sealed class ObjectNotDeadException : LifetimeAssertionException
{
    internal ObjectNotDeadException(IReadOnlyList<LifetimeReport> reports)
        : base(reports, Rendering.ReportText.Render(reports))
    {
    }
}

/// <summary>An object that should be alive is not.</summary>
public sealed class ObjectNotAliveException : LifetimeAssertionException
{
    internal ObjectNotAliveException(LifetimeReport report)
        : base([report], Rendering.ReportText.RenderNotAlive(report))
    {
    }
}

/// <summary>Something was to be proved of the objects tracked, and none was: a test that passed now would prove nothing.</summary>
public sealed class NothingTrackedException : LifetimeAssertionException
{
    internal NothingTrackedException()
        : base([], "Nothing was tracked, so nothing is proved. Track what must be collected, with LifetimeScope.Current!.Track(x) or LifeTimeMonitor.Track(() => …), or remove the claim.")
    {
    }
}

/// <summary>xunit v3 counts an exception as a failed assertion, not an error, when it implements an interface of this name.</summary>
internal interface IAssertionException;

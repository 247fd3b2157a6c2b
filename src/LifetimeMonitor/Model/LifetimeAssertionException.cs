using System.Collections.ObjectModel;

namespace LifetimeMonitoring;

/// <summary>
/// An object did not live as long as a test expects, or lived longer. The message is the whole report.
/// </summary>
public abstract class LifetimeAssertionException : Exception, IAssertionException
{
    private protected LifetimeAssertionException(IReadOnlyList<LifetimeReport> reports, string message)
        : base(message) => Reports = new ReportList(reports);

    /// <summary>The reports of all objects that were not as expected.</summary>
    public IReadOnlyList<LifetimeReport> Reports { get; }

    /// <summary>
    /// The frames of the test, without those of this library. When the test was over before the check, there are none:
    /// then this is the place where the object was tracked.
    /// </summary>
    public override string? StackTrace =>
        (IsAfterTest ? UserFrames.At(Reports.Count > 0 ? Reports[0].Target : null) : null) ?? UserFrames.Of(this, base.StackTrace);

    /// <summary>Whether a test framework checked the objects when their test was over.</summary>
    internal bool IsAfterTest { get; set; }

    // NUnit prints each property of an exception below its message, which is the whole report already.
    private sealed class ReportList(IReadOnlyList<LifetimeReport> reports) : ReadOnlyCollection<LifetimeReport>([.. reports])
    {
        public override string ToString() => $"{Count}, in the message above";
    }
}

/// <summary>
/// xunit v3 counts an exception that implements an interface of this name as a failed assertion, not as an error.
/// </summary>
internal interface IAssertionException;

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

using System.Runtime.ExceptionServices;
using Xunit.v3;

namespace LifetimeMonitoring.XunitV3;

/// <summary>The run of one test. It holds nothing of xunit's: no path to an object may begin here.</summary>
internal sealed class TestRun(XunitTestRunnerContext context)
{
    private readonly WeakReference<XunitTestRunnerContext> _context = new(context);

    /// <summary>Whether the claim of the test is checked.</summary>
    public bool IsWatched { get; set; }

    /// <summary>The violation of the claim of a test that has its own failure, or null.</summary>
    public Exception? Leak { get; private set; }

    /// <summary>Fails the test with the violation of its claim.</summary>
    public void Fail(Exception leak)
    {
        // xunit holds the context until the test has its result, and adds an exception that is thrown.
        if (!_context.TryGetTarget(out XunitTestRunnerContext? context)) ExceptionDispatchInfo.Throw(leak);
        if (context.Aggregator.HasExceptions) Leak = leak;
        else context.Aggregator.Add(leak);
    }
}

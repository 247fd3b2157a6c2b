using Xunit.Abstractions;
using Xunit.Sdk;

namespace LifetimeMonitoring.Xunit;

/// <summary>
/// The messages of one test. A leak of a test that has its own failure comes after it. As two exceptions, xunit would
/// list them under an <see cref="AggregateException"/>, whose message repeats both.
/// </summary>
internal sealed class LeakAfterFailure(IMessageBus bus) : IMessageBus
{
    /// <summary>The violation of the claim of a test that failed, or null.</summary>
    public Exception? Leak { get; set; }

    public bool QueueMessage(IMessageSinkMessage message) =>
        bus.QueueMessage(message is ITestFailed failed && Leak is { } leak ? Both(failed, leak) : message);

    // xunit owns the bus and disposes it.
    public void Dispose()
    {
    }

    private static TestFailed Both(ITestFailed own, Exception leak)
    {
        var ours = new TestFailed(own.Test, own.ExecutionTime, own.Output, leak);
        int first = own.Messages.Length;
        return new TestFailed(
            own.Test,
            own.ExecutionTime,
            own.Output,
            [.. own.ExceptionTypes, .. ours.ExceptionTypes],
            [.. own.Messages, .. ours.Messages],
            [.. own.StackTraces, .. ours.StackTraces],
            // The leak is shown below the first exception, as an inner one.
            [.. own.ExceptionParentIndices, .. ours.ExceptionParentIndices.Select(i => i < 0 ? 0 : first + i)]);
    }
}

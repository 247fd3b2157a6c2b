namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>A local variable of an asynchronous method whose awaited task does not end.</summary>
internal sealed class AwaitingMethod(int lane) : Leak
{
    private static readonly TaskCompletionSource[] s_never = new TaskCompletionSource[Lanes];

    public override Expectation Expected => Expectation.Static(
        "AwaitingMethod.s_never", $"[{lane}]", "Task", "continuation",
        "parameter 'leaked' of async AwaitingMethod.WaitAsync, awaiting at AwaitingMethod.cs:*");

    public override LifeTimeMonitor Make()
    {
        s_never[lane] = new TaskCompletionSource();
        return LifeTimeMonitor.Track(() => new Leaked(), use: leaked => _ = WaitAsync(s_never[lane].Task, leaked));
    }

    // The awaiting method resumes synchronously, so no awaiter is left.
    public override void LetGo() => s_never[lane]?.TrySetResult();

    private static async Task WaitAsync(Task what, Leaked leaked)
    {
        await what.ConfigureAwait(false);
        GC.KeepAlive(leaked);
    }
}

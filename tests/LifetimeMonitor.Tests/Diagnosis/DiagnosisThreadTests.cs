using LifetimeMonitoring.Diagnosis;

namespace LifetimeMonitoring.Tests.Diagnosis;

public sealed class DiagnosisThreadTests : IDisposable
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(2);
    private readonly DiagnosisThread _thread = new(LifetimeEngine.Current.Breadcrumb, linux: null);
    private readonly ManualResetEventSlim _release = new();

    public void Dispose()
    {
        _release.Set();
        Assert.Equal("done", _thread.Run(_ => DiagnosisResult.Unavailable("done"), new Deadline(s_long)).Reason);
        _release.Dispose();
    }

    [Fact]
    public void A_diagnosis_that_does_not_end_is_said_to_be_late() =>
        Assert.Equal("the diagnosis did not end within the time budget of 0 s (LifetimeOptions.TimeBudget)", Stuck().Reason);

    [Fact]
    public void Without_a_budget_it_is_waited_for_as_long_as_it_takes()
    {
        DiagnosisResult? findings = null;
        var waiting = new Thread(() => findings = _thread.Run(WaitForRelease, new Deadline(TimeSpan.MaxValue)));
        waiting.Start();
        Assert.False(waiting.Join(TimeSpan.FromSeconds(3))); // The budget above ends within two seconds, with its grace.
        _release.Set();
        Assert.True(waiting.Join(s_long));
        Assert.Equal("released", findings?.Reason);
    }

    [Fact]
    public void Time_that_finalizers_used_is_not_given_again() =>
        Assert.Equal(
            "the diagnosis did not end within the time budget of 120 s (LifetimeOptions.TimeBudget)",
            _thread.Run(WaitForRelease, new Deadline(s_long, used: s_long)).Reason);

    [Fact]
    public void The_next_one_does_not_wait_for_one_that_was_given_up()
    {
        _ = Stuck();
        Assert.Equal("found", _thread.Run(_ => DiagnosisResult.Unavailable("found"), new Deadline(s_long)).Reason);
    }

    [Fact]
    public void No_more_are_begun_while_several_that_were_given_up_still_run()
    {
        for (int i = 0; i < DiagnosisThread.MaxGivenUp; i++) _ = Stuck();
        Assert.Equal(
            "2 earlier diagnoses in this process did not end and are still running",
            _thread.Run(_ => DiagnosisResult.Unavailable("found"), new Deadline(s_long)).Reason);
        _release.Set();
        Assert.True(
            SpinWait.SpinUntil(
                () => _thread.Run(_ => DiagnosisResult.Unavailable("found"), new Deadline(s_long)).Reason == "found",
                s_long));
    }

    [Fact]
    public void A_cancelled_wait_ends_at_once_and_the_next_diagnosis_may_begin()
    {
        using var cancel = new CancellationTokenSource(s_short);
        Assert.ThrowsAny<OperationCanceledException>(() => _thread.RunCancellable(WaitForRelease, new Deadline(s_long), cancel.Token));
        Assert.Equal("found", _thread.Run(_ => DiagnosisResult.Unavailable("found"), new Deadline(s_long)).Reason);
    }

    [Fact]
    public void A_failure_of_a_diagnosis_is_a_reason_and_no_exception() => Assert.Equal(
        "the diagnosis failed (InvalidDataException: rotten)",
        _thread.Run(_ => throw new InvalidDataException("rotten"), new Deadline(s_long)).Reason);

    private DiagnosisResult Stuck() => _thread.Run(WaitForRelease, new Deadline(s_short));

    private DiagnosisResult WaitForRelease(CancellationToken stop)
    {
        _release.Wait(CancellationToken.None);
        return DiagnosisResult.Unavailable("released");
    }
}

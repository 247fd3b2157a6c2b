namespace LifetimeMonitoring.Tests.Processes;

/// <summary>A check ends by its deadline, wherever it runs and whichever threads are stopped.</summary>
public sealed class WaitTests
{
    [Theory]
    [InlineData("process-exit")]
    [InlineData("unloading")]
    [InlineData("beside")]
    [InlineData("midway")]
    public void Where_the_process_ends_no_finalizer_is_waited_for(string where)
    {
        Ends($"exiting {where} later");
        // The same if no code of the library ran before that could have noticed the end.
        Ends($"exiting {where} first");
    }

    [Theory]
    [InlineData("never")]
    [InlineData("throwing")]
    [InlineData("late")]
    [InlineData("scheduler")]
    [InlineData("pool")]
    [InlineData("midway")]
    [InlineData("cancelled")]
    public void A_check_that_is_awaited_ends_by_its_deadline_where_nothing_runs(string where) => Ends($"stalled {where}");

    [Fact]
    public void A_thread_that_is_interrupted_while_it_checks_ends_its_check_and_is_interrupted_then() =>
        Ends($"interrupts {Thoroughness.Text(80, 1000)}");

    [Theory]
    [InlineData("alone")]
    [InlineData("together")]
    public void Under_load_a_failing_check_ends_no_later_than_a_second_after_its_deadline(string how) =>
        Ends($"deadlines {Thoroughness.Text(2, 20)} {how}");

    private static void Ends(string scenario)
    {
        (int exitCode, string output) = TestHost.Run(scenario);
        Assert.True(exitCode == 0, $"'{scenario}' ended with exit code {exitCode}: {output}");
    }
}

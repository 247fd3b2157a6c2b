using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Tests.Processes;

/// <summary>A short form of the run that <c>.ci/run</c> makes for minutes and <c>.ci/nightly</c> for an hour.</summary>
public sealed class ChaosTests
{
    // The nightly run measures coverage with a longer one: "seed minutesm", at most four minutes.
    private static readonly string s_what = Environment.GetEnvironmentVariable("LIFETIMEMONITOR_CHAOS") ?? "7 30";

    [Fact]
    public void Beside_load_and_faults_chosen_by_chance_every_answer_is_right_and_nothing_is_left()
    {
        string output = Chaos(s_what);
        Assert.Matches(@"\n\d+ checks, 0 wrong, 0 late, \d+ without a path, \d+ unsure, 0 left; seed \d+\n", output);
    }

    [Fact]
    public void One_episode_of_a_chaos_seed_can_be_repeated_alone()
    {
        string[] first = Episodes(Chaos("8 1"));
        Assert.Equal(first, Episodes(Chaos("8@0 1")));
    }

    private static string[] Episodes(string output) => [.. output.Split('\n').Where(l => l.Contains(" beside ", StringComparison.Ordinal))];

    private static string Chaos(string what)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "what is killed, and what is left, is looked for in /proc");
        (int exitCode, string output) = TestHost.Run($"chaos {what}");
        Assert.True(exitCode == 0, $"exit code {exitCode}: {output}");
        return output;
    }
}

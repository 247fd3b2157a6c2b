using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Suites;

/// <summary>The work of each of the 200 tests, and the time of one, from its start to the start of the next.</summary>
public static class Work
{
    private const int Tests = 200;
    private static int s_begun;
    private static long s_first;

    public static void Do()
    {
        if (++s_begun == 1) s_first = Stopwatch.GetTimestamp();
        if (s_begun == Tests) Report(Stopwatch.GetElapsedTime(s_first).TotalMilliseconds / (Tests - 1));
        Make();
    }

    // Without a claim there is no scope.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make() => LifetimeScope.Current?.Watch(Enumerable.Range(0, 100).Select(i => new string('x', i)).ToList());

    private static void Report(double milliseconds)
    {
        if (Environment.GetEnvironmentVariable("SUITE_RESULT") is { } file)
            File.WriteAllText(file, milliseconds.ToString("0.0000", CultureInfo.InvariantCulture));
    }
}

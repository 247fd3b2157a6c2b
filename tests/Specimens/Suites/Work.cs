using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Suites;

/// <summary>What each of the 200 tests does, and how long one takes, from its beginning to that of the next.</summary>
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

    // Where nothing is claimed there is no scope.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Make() => LifetimeScope.Current?.Track(Enumerable.Range(0, 100).Select(i => new string('x', i)).ToList());

    private static void Report(double milliseconds)
    {
        if (Environment.GetEnvironmentVariable("SUITE_RESULT") is { } file) File.WriteAllText(file, milliseconds.ToString("0.0000", CultureInfo.InvariantCulture));
    }
}

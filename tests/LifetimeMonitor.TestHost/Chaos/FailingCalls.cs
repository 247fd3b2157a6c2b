using LifetimeMonitoring.Diagnosis;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;

namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Checks with a failing system call. They share one ladder, because the resources of a ladder stay.</summary>
internal static class FailingCalls
{
    private const double LogOfLast = 8; // About three thousand; a check makes hundreds.
    private static readonly FaultyLinux s_linux = new(int.MaxValue, forGood: false, error: 0);
    private static readonly Diagnoser s_finder = new(new SnapshotLadder(s_linux));
    private static readonly object s_oneAtATime = new();

    public static Answer Check(LifeTimeMonitor monitor, LifetimeOptions options, Failure failure)
    {
        lock (s_oneAtATime)
        {
            s_linux.Arm(failure.Nth, failure.ForGood, failure.Error);
            try
            {
                return Answer.Of(() => LifetimeCheck.Run([monitor.Monitored], options, s_finder));
            }
            finally
            {
                s_linux.Arm(int.MaxValue, isForGood: false, errno: 0);
                CloneReaper.OfThoseLeft(s_linux);
            }
        }
    }

    public static Failure Choose(Random random) => new(
        (int)Math.Exp(random.NextDouble() * LogOfLast),
        random.Next(2) == 0,
        Faults.Errors[random.Next(Faults.Errors.Length)]);

    /// <summary>A failure.</summary>
    /// <param name="Nth">The number of the failing call.</param>
    /// <param name="ForGood">Whether all later calls fail, too.</param>
    /// <param name="Error">The errno; 0 for half a read.</param>
    internal readonly record struct Failure(int Nth, bool ForGood, int Error)
    {
        public override string ToString() => $"errno {Error} in call {Nth}{(ForGood ? " and after" : "")}";
    }
}

using System.Diagnostics;
using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// Threads throw and catch null references, which the runtime creates from processor faults, while checks fail. When a
/// copy of the process is made, a thread may be at any point of its fault handling.
/// </summary>
internal static class NullReferences
{
    /// <param name="checks">The number of failing checks.</param>
    /// <param name="threads">The number of throwing threads.</param>
    /// <param name="pause">
    /// The pause of each after a throw, in milliseconds; negative: it throws inside a catch block, without a pause.
    /// </param>
    public static int Run(int checks, int threads, int pause)
    {
        bool stop = false;
        long thrown = 0;
        Thread[] throwing = [.. Enumerable.Range(0, threads).Select(i => new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                if (pause < 0) ThrowNested();
                else Throw();
                _ = Interlocked.Increment(ref thrown);
                if (pause > 0) Thread.Sleep(pause);
            }
        })
        { IsBackground = true })];
        foreach (Thread thread in throwing) thread.Start();

        int wrong = 0, without = 0;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < checks; i++)
        {
            LifetimeReport report = Holder.LeakThroughList().Check();
            if (Holder.IsTheList(report)) continue;
            if (report.Certainty == PathCertainty.Unavailable) without++;
            else wrong++;
            Console.WriteLine(report);
        }

        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        Volatile.Write(ref stop, value: true);
        foreach (Thread thread in throwing) thread.Join();
        Console.WriteLine(
            $"{checks} checks, {wrong} wrong, {without} without a path; {thrown} null references; " +
            $"{taken.TotalMilliseconds / checks:0} ms each; {Leftovers.Describe()}");
        return wrong == 0 && without <= checks / 100 && thrown > 0 && Leftovers.IsNothing() ? 0 : 1;
    }

    public static void Throw()
    {
        string? nothing = null;
        try
        {
            _ = nothing!.Length;
        }
        catch (NullReferenceException)
        {
        }
    }

    public static void ThrowNested()
    {
        try
        {
            throw new InvalidOperationException("the outer one");
        }
        catch (InvalidOperationException)
        {
            Throw();
        }
    }
}

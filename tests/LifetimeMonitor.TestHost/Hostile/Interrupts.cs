using LifetimeMonitoring.Reports;

namespace LifetimeMonitoring.TestHost.Hostile;

/// <summary>
/// A thread that is interrupted repeatedly, at any moment, while it checks. No interruption may end a check, and each
/// must be pending when the check is over.
/// </summary>
internal static class Interrupts
{
    private const int Resting = 0, Checking = 1, BeingInterrupted = 2;
    private static readonly LifetimeOptions s_patient = new() { Patience = TimeSpan.FromMilliseconds(20) };
    private static int s_sent, s_state;
    private static volatile bool s_hasEnded;

    public static int Run(int checks)
    {
        _ = Holder.LeakThroughList().Check();
        Thread checking = Thread.CurrentThread;
        var interrupting = new Thread(() => Interrupt(checking)) { IsBackground = true };
        // The check sometimes waits for another diagnosis, and for slow finalizers.
        var beside = new Thread(CheckBeside) { IsBackground = true };
        interrupting.Start();
        beside.Start();
        int left = 0, wrong = 0, lost = 0, hit = 0;
        for (int i = 0; i < checks; i++)
        {
            int before = s_sent;
            Volatile.Write(ref s_state, Checking);
            try
            {
                if (!IsRight(i % 8)) wrong++;
            }
            catch (ThreadInterruptedException e)
            {
                left++;
                Console.WriteLine(e);
            }

            while (Interlocked.CompareExchange(ref s_state, Resting, Checking) != Checking) Thread.SpinWait(10);
            bool isPending = IsPending();
            if (s_sent == before) continue;
            hit++;
            if (!isPending) lost++;
        }

        s_hasEnded = true;
        interrupting.Join();
        beside.Join();
        Console.WriteLine($"{checks} checks, {hit} interrupted, {left} left by it, {wrong} wrong, {lost} interruptions lost");
        return left == 0 && wrong == 0 && lost == 0 && hit > checks / 4 ? 0 : 1;
    }

    private static bool IsRight(int kind)
    {
        switch (kind)
        {
            case 0:
                LifeTimeMonitor.Track(() => new Leaked()).AssertDead();
                return true;
            case 1:
                return Fails(() => Holder.LeakThroughList().AssertDead(s_patient));
            case 2:
                return Fails(() =>
                {
                    using var scope = new LifetimeScope();
                    _ = Holder.LeakThroughList();
                });
            case 3:
                Holder.LeakThroughList().AssertAlive();
                return true;
            case 4:
                return Has(ObjectGraph.FindPathToNearestRoot(Holder.List).Path);
            case 5:
                _ = new Lingering();
                return LifeTimeMonitor.Track(() => new Leaked()).Check(s_patient).Verdict == LifetimeVerdict.Dead;
            case 6:
                // The task begins on this thread, and ends on others.
                Task<LifetimeReport> check = Holder.LeakThroughList().CheckAsync();
                while (!check.IsCompleted) Thread.SpinWait(100);
                return Holder.IsTheList(check.Result);
            default:
                _ = new Lingering();
                LifetimeReport report = Holder.LeakThroughList().Check(s_patient);
                if (!Holder.IsTheList(report)) Console.WriteLine(report);
                return Holder.IsTheList(report);
        }
    }

    private static bool Has(RootPath? path) => path is not null;

    private static bool Fails(Action check)
    {
        try
        {
            check();
            return false;
        }
        catch (ObjectNotDeadException e)
        {
            if (!Holder.IsTheList(e.Reports[0])) Console.WriteLine(e);
            return Holder.IsTheList(e.Reports[0]);
        }
    }

    private static bool IsPending()
    {
        try
        {
            Thread.Sleep(1);
            return false;
        }
        catch (ThreadInterruptedException)
        {
            return true;
        }
    }

    private static void Interrupt(Thread checking)
    {
        var random = new Random(1);
        while (!s_hasEnded)
        {
            Thread.Sleep(random.Next(4));
            Thread.SpinWait(random.Next(100_000));
            if (Interlocked.CompareExchange(ref s_state, BeingInterrupted, Checking) != Checking) continue;
            s_sent++;
            checking.Interrupt();
            Volatile.Write(ref s_state, Checking);
        }
    }

    private static void CheckBeside()
    {
        object held = new();
        while (!s_hasEnded)
        {
            _ = new LifeTimeMonitor(held).Check();
            Thread.Sleep(20);
        }

        GC.KeepAlive(held);
    }

    private sealed class Lingering
    {
        ~Lingering() => Thread.Sleep(10);
    }
}

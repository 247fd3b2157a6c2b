namespace LifetimeMonitor.TestHost.Chaos.Loads;

/// <summary>Exceptions are thrown through finally blocks, caught, thrown again from the catch block, and their stacks read.</summary>
/// <param name="threads">How many threads throw.</param>
/// <param name="pause">Their rest.</param>
/// <param name="depth">How many frames each passes.</param>
internal sealed class Exceptions(int threads, int pause, int depth) : ThreadedLoad(threads, pause)
{
    private int _read;

    protected override string Parameters => $"{base.Parameters}, depth {depth}";

    protected override void Work(int thread)
    {
        try
        {
            Throw(depth);
        }
        catch (InvalidOperationException e)
        {
            Nest(e);
        }
    }

    private void Nest(InvalidOperationException outer)
    {
        try
        {
            throw new AggregateException(outer.Message, outer);
        }
        catch (AggregateException e) when (e.InnerException is not null)
        {
            _read += e.ToString().Length + Environment.StackTrace.Length;
        }
    }

    private static void Throw(int left)
    {
        try
        {
            if (left == 0) throw new InvalidOperationException("chaos");
            Throw(left - 1);
        }
        finally
        {
            GC.KeepAlive(new object());
        }
    }
}

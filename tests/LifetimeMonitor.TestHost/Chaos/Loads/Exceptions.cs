namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Throws exceptions through finally blocks, catches and rethrows them, and reads their stacks.</summary>
/// <param name="threads">The number of throwing threads.</param>
/// <param name="pause">Their pause.</param>
/// <param name="depth">The number of frames that each exception passes.</param>
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

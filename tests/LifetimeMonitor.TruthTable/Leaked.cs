namespace LifetimeMonitor.TruthTable;

/// <summary>The thing that leaks.</summary>
internal sealed class Leaked
{
    public object? Next;

    public void OnHappened(object? sender, EventArgs e)
    {
    }

    public void Touch()
    {
    }
}

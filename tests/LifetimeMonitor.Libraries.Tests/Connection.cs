namespace LifetimeMonitor.Libraries.Tests;

/// <summary>What leaks.</summary>
public class Connection
{
    public int Id { get; set; }

    public void OnChanged(object? sender, EventArgs e) => GC.KeepAlive(sender);

    public void OnNext(int value) => GC.KeepAlive(value);
}

/// <summary>The same, and whoever made it has to dispose it.</summary>
public sealed class DisposableConnection : Connection, IDisposable
{
    public void Dispose()
    {
    }
}

/// <summary>What mocks stand for.</summary>
public interface IPool
{
    event EventHandler? Changed;

    Connection? Spare { get; }

    void Give(Connection? connection);
}

namespace LifetimeMonitoring.Libraries.Tests;

/// <summary>The leaked object.</summary>
public class Connection
{
    public int Id { get; set; }

    public void OnChanged(object? sender, EventArgs e) => GC.KeepAlive(sender);

    public void OnNext(int value) => GC.KeepAlive(value);
}

/// <summary>The same; its creator has to dispose it.</summary>
public sealed class DisposableConnection : Connection, IDisposable
{
    public void Dispose()
    {
    }
}

/// <summary>The interface of the mocks.</summary>
public interface IPool
{
    event EventHandler? Changed;

    Connection? Spare { get; }

    void Give(Connection? connection);
}

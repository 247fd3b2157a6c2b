namespace Specimens;

/// <summary>An event source that outlives the tests, which subscribe to it.</summary>
public sealed class Source
{
    public static Source Shared { get; } = new();

    public event EventHandler? Changed;

    public void Change() => Changed?.Invoke(this, EventArgs.Empty);
}

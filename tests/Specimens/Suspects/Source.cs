namespace Specimens;

/// <summary>Something that outlives the tests and that they subscribe to.</summary>
public sealed class Source
{
    public static Source Shared { get; } = new();

    public event EventHandler? Changed;

    public void Change() => Changed?.Invoke(this, EventArgs.Empty);
}

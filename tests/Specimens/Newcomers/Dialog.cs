namespace Newcomers;

/// <summary>Lives as long as the program.</summary>
public sealed class Settings
{
    public static Settings Current { get; } = new();

    public event EventHandler? Changed;

    public void Change() => Changed?.Invoke(this, EventArgs.Empty);
}

/// <summary>Listens to the settings while it is open.</summary>
public sealed class Dialog
{
    public int Repaints { get; private set; }

    public void Open() => Settings.Current.Changed += OnSettingsChanged;

    public void Close() => Settings.Current.Changed -= OnSettingsChanged;

    private void OnSettingsChanged(object? sender, EventArgs e) => Repaints++;
}

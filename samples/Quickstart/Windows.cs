namespace Quickstart;

/// <summary>The open windows, in a static list, as in many programs.</summary>
internal static class WindowManager
{
    private static readonly List<MainWindow> s_open = [];

    public static MainWindow Open(MainWindow window)
    {
        s_open.Add(window);
        return window;
    }
}

/// <summary>A window that lives as long as the program.</summary>
internal sealed class MainWindow
{
    public event EventHandler? Closed;

    public void Close() => Closed?.Invoke(this, EventArgs.Empty);
}

/// <summary>A dialog that subscribes to the closing of its owner, so the owner holds it.</summary>
internal sealed class Dialog
{
    private readonly MainWindow _owner;

    public Dialog(MainWindow owner)
    {
        _owner = owner;
        _owner.Closed += OnOwnerClosed;
    }

    public bool IsVisible { get; private set; } = true;

    /// <summary>The bug: the dialog is hidden but still subscribed.</summary>
    public void Hide() => IsVisible = false;

    /// <summary>The fix.</summary>
    public void Close()
    {
        Hide();
        _owner.Closed -= OnOwnerClosed;
    }

    private void OnOwnerClosed(object? sender, EventArgs e) => Close();
}

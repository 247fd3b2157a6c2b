using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.TestHost;

/// <summary>The real file operations of dumps, except that the Nth fails: once, or each from then on.</summary>
/// <param name="nth">The number of the failing call, from 1; 0 for none.</param>
/// <param name="forGood">Whether later calls fail, too.</param>
/// <param name="failure">Creates the exception.</param>
internal sealed class FaultyDumpFiles(int nth, bool forGood, Func<string, Exception> failure) : IDumpFiles
{
    private readonly DumpFiles _real = new();
    private int _calls;
    private bool _isHealed;

    public bool WasHit { get; private set; }

    /// <summary>A deletion failed, so a file may be left.</summary>
    public bool KeptSomething { get; private set; }

    /// <summary>An action on a dump between writing and opening.</summary>
    public Action<string> Spoil { get; init; } = _ => { };

    /// <summary>Ends the failures.</summary>
    public void Heal() => _isHealed = true;

    public void CreateDirectory(string directory)
    {
        ThrowIfFaulty(directory);
        _real.CreateDirectory(directory);
    }

    public IReadOnlyList<string> ListDirectories(string parent, string prefix)
    {
        ThrowIfFaulty(parent);
        return _real.ListDirectories(parent, prefix);
    }

    public void DeleteDirectory(string directory, bool recursive)
    {
        ThrowIfFaulty(directory, isDeletion: true);
        _real.DeleteDirectory(directory, recursive);
    }

    public void DeleteFile(string file)
    {
        ThrowIfFaulty(file, isDeletion: true);
        _real.DeleteFile(file);
    }

    public void KeepToOwner(string file)
    {
        ThrowIfFaulty(file);
        _real.KeepToOwner(file);
        Spoil(file);
    }

    private void ThrowIfFaulty(string path, bool isDeletion = false)
    {
        _calls++;
        if (_isHealed || (forGood ? _calls < nth : _calls != nth)) return;
        WasHit = true;
        KeptSomething |= isDeletion;
        throw failure(path);
    }
}

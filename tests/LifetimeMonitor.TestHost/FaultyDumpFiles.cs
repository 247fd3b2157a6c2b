using LifetimeMonitor.Snapshots;

namespace LifetimeMonitor.TestHost;

/// <summary>The real file operations of dumps, of which the Nth fails: once, or each from then on.</summary>
/// <param name="nth">Which call, counted from 1; 0 for none.</param>
/// <param name="forGood">Whether those that follow fail too.</param>
/// <param name="failure">What is thrown then.</param>
internal sealed class FaultyDumpFiles(int nth, bool forGood, Func<string, Exception> failure) : IDumpFiles
{
    private readonly DumpFiles _real = new();
    private int _calls;
    private bool _isHealed;

    public bool WasHit { get; private set; }

    /// <summary>A deletion was made to fail, so that something may be left.</summary>
    public bool KeptSomething { get; private set; }

    /// <summary>What happens to a dump between being written and being opened.</summary>
    public Action<string> Spoil { get; init; } = _ => { };

    /// <summary>From now on nothing fails any more.</summary>
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

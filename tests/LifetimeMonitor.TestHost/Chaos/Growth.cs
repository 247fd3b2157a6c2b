namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>What must not grow with the number of checks: memory, and the pieces that it consists of for the system.</summary>
internal sealed class Growth
{
    // The first hundreds make the pool's threads, their heaps and the code of what is called often.
    private const int Warm = 300, Enough = 500;

    // A piece for every tenth check would be found; the load itself breathes.
    private const double MostMapsPerCheck = 0.1;
    private const int MostMaps = 150, MostMegabytes = 300;
    private (int Checks, int Maps, long Memory)? _first;
    private (int Checks, int Maps, long Memory) _last;

    public void Look(int checks)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _last = (checks, Residue.Maps(), Environment.WorkingSet / (1024 * 1024));
        if (checks >= Warm) _first ??= _last;
    }

    /// <summary>What grew, once there were enough checks to tell; null for nothing.</summary>
    public string? Complaint()
    {
        if (_first is not { } first || _last.Checks - first.Checks < Enough) return null;
        int maps = _last.Maps - first.Maps;
        long memory = _last.Memory - first.Memory;
        return maps > MostMaps + (MostMapsPerCheck * (_last.Checks - first.Checks)) || memory > MostMegabytes
            ? $"GREW: {maps} more maps and {memory} MB more since check {first.Checks}"
            : null;
    }

    public override string ToString() => $"{_last.Maps} maps, {_last.Memory} MB";
}

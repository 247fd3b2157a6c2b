namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>Quantities that must not grow with the number of checks: memory, and its number of mappings.</summary>
internal sealed class Growth
{
    // The first hundreds create the pool's threads, their heaps and the code of frequent calls.
    private const int Warm = 300, Enough = 500;

    // This finds a mapping for every tenth check; the load itself varies.
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

    /// <summary>The growth, once there were enough checks to detect it; null for none.</summary>
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

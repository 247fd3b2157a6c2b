namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>Uses most of the heap, whose limit is <c>DOTNET_GCHeapHardLimit</c>.</summary>
/// <param name="percent">The used percentage.</param>
internal sealed class NearlyFullHeap(int percent) : LoadElement
{
    private const int Piece = 16 * 1024;
    private List<byte[]>? _taken;

    public static bool HasLimit => Environment.GetEnvironmentVariable("DOTNET_GCHeapHardLimit") is { Length: > 0 };

    protected override string Parameters => $"{percent} %";

    public override void Start()
    {
        GC.Collect();
        long most = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 100 * percent;
        _taken = [];
        try
        {
            while (GC.GetTotalMemory(forceFullCollection: false) < most) _taken.Add(new byte[Piece]);
        }
        catch (OutOfMemoryException)
        {
            _taken.RemoveRange(_taken.Count * 9 / 10, _taken.Count - (_taken.Count * 9 / 10));
        }
    }

    public override void Stop()
    {
        _taken = null;
        GC.Collect();
    }
}

namespace LifetimeMonitoring.Graph;

/// <summary>A search without enough memory to begin.</summary>
internal sealed class UnstartedSearch(IEnumerable<ulong> targets) : IPathSearch
{
    public int Visited => 0;

    public SearchStop StoppedBy => SearchStop.NoRoomForMarks;

    public bool FoundAll { get; } = !targets.Any();

    public void SearchFrom(IEnumerable<ulong> roots)
    {
    }

    public void SearchBehindTargets()
    {
    }

    public AddressPath? PathTo(ulong target) => null;

    public (int Objects, long Bytes)? RetainedBy(ulong target, IEnumerable<ulong> roots, CancellationToken stop) =>
        null;

    public bool? HasOtherHolder(ulong target, ulong holder, IEnumerable<ulong> roots, CancellationToken stop) => null;
}

namespace LifetimeMonitoring.Graph;

/// <summary>
/// Shortens a very long path to its telling objects, in memory that does not grow with its length.
/// Its objects come one by one, from the target to the root.
/// <para>
/// It keeps both ends of a run of references of one kind, such as a list. When the rest is still too long, it keeps
/// both ends of the rest, and some objects around the first reference of each kind, seen from the target. So the kept
/// objects show every kind of reference on the path, including its suspect and its known holders.
/// </para>
/// </summary>
internal sealed class PathShortener
{
    /// <summary>
    /// The most objects of a path that is not long: the search does not ask for the kinds of its references, and
    /// nothing is left out. (<c>LONG_PATH</c> in <c>paths.h</c>)
    /// </summary>
    public const int Longest = 2 * 1024;

    // A rule that names the references before a run may look PathCursor.MostAhead references into it.
    private const int KeptBeforeRun = 80, KeptAfterRun = 8;
    private readonly ulong[] _lastOfRun = new ulong[KeptBeforeRun];
    private readonly PathEnds _ends = new(Longest / 2);
    private int _run;
    private int _runKind;
    private ulong _first, _last;
    private bool _isBegun;
    private bool _isConfirmed = true;

    /// <summary>Takes the next object.</summary>
    /// <param name="address">The object.</param>
    /// <param name="kind">The kind of its reference to the previous object (<see cref="IReferenceKinds"/>).</param>
    public void Add(ulong address, int kind)
    {
        _isConfirmed &= kind != 0 || !_isBegun;
        _isBegun = true;
        if (kind != _runKind || !IsField(kind)) EndRun(kind);
        int place = _run++ - KeptAfterRun;
        if (place < 0)
        {
            _ends.Add(new PathItem(address, kind) { IsRepeated = _run > 1 });
            return;
        }

        ref ulong oldest = ref _lastOfRun[place % KeptBeforeRun];
        if (place == KeptBeforeRun) _last = oldest;
        _first = oldest;
        oldest = address;
    }

    /// <summary>The shortened path.</summary>
    /// <param name="root">The number of the root that holds the last object.</param>
    public AddressPath Path(int root)
    {
        EndRun(kind: 0);
        return _ends.Path(root) with { IsConfirmed = _isConfirmed };
    }

    private static bool IsField(int kind) => (kind & 1) != 0;

    private void EndRun(int kind)
    {
        int end = _run - KeptAfterRun, begin = Math.Max(end - KeptBeforeRun, 0);
        for (int i = begin; i < end; i++)
        {
            var item = new PathItem(_lastOfRun[i % KeptBeforeRun], _runKind) { IsRepeated = true };
            _ends.Add(i == begin && begin > 0 ? item.WithLeftOut(begin, _first, _last, isUniform: true) : item);
        }

        (_run, _runKind) = (0, kind);
    }
}

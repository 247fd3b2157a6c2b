using LifetimeMonitoring.Collecting;
using LifetimeMonitoring.Rendering;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>
/// The tracked objects that earlier checks found alive. One that still lives may hold the object of the next check,
/// whose reader would look for the leak in the wrong test. Weak handles alone hold them.
/// </summary>
internal sealed class EarlierLeaks
{
    private const int Most = 64;
    private readonly Queue<MonitoredObject> _leaks = new();

    public static EarlierLeaks Shared { get; } = new();

    public void Add(MonitoredObject leak)
    {
        // An instance that the program did not track has no place to look at.
        if (leak.Described.FilePath is null) return;
        using (Interruption.Lock(_leaks))
        {
            if (_leaks.Contains(leak)) return;
            _leaks.Enqueue(leak);
            if (_leaks.Count > Most) _ = _leaks.Dequeue();
        }
    }

    /// <summary>Those that are alive, except the objects of a check.</summary>
    public IReadOnlyList<EarlierLeak> Except(IReadOnlyList<WeakTarget> targets)
    {
        using (Interruption.Lock(_leaks))
        {
            return
            [
                .. _leaks
                    .Where(l => !targets.Contains(l.Weak) && l.Weak.IsHeld && l.Weak.IsAlive(trackResurrection: false))
                    .Select(l => new EarlierLeak(
                        l.Weak.Cell(trackResurrection: false),
                        $"The path leads through an object that an earlier check found alive, "
                        + $"{ReportText.Subject(l.Described)}: end that leak first.")),
            ];
        }
    }
}

/// <summary>An object that an earlier check found alive.</summary>
/// <param name="Cell">The address of the cell that contains the object's address in a snapshot.</param>
/// <param name="Sentence">The advice where it holds the object of another check.</param>
internal sealed record EarlierLeak(nint Cell, string Sentence);

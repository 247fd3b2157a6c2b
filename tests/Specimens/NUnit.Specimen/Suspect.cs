using System.Runtime.CompilerServices;

namespace NUnit.Specimen;

/// <summary>
/// The checked object and its holders. Frames that return before the check make it, in every configuration.
/// </summary>
public sealed class Suspect
{
    private static readonly List<Suspect> s_kept = [];

    public static LifeTimeMonitor Dead() => LifeTimeMonitor.Track(() => new Suspect());

    /// <summary>Kept by a timer, which releases it when it fires.</summary>
    public static LifeTimeMonitor KeptFor(TimeSpan time) => LifeTimeMonitor.Track(
        () => new Suspect(),
        s => _ = Task.Delay(time).ContinueWith(_ => GC.KeepAlive(s), TaskScheduler.Default));

    public static LifeTimeMonitor Kept() => LifeTimeMonitor.Track(MakeAndKeep);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect Make() => new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Suspect MakeAndKeep()
    {
        var suspect = new Suspect();
        s_kept.Add(suspect);
        return suspect;
    }

    public static async Task<Suspect> MakeAsync()
    {
        await Task.Yield();
        return new Suspect();
    }

    public static async Task<Suspect> MakeAndKeepAsync()
    {
        await Task.Yield();
        return MakeAndKeep();
    }
}

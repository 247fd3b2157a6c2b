using System.Runtime.CompilerServices;

namespace Specimens;

/// <summary>The tracked object and its holders. Frames that return before the check make it, in every configuration.</summary>
public sealed class Suspect
{
    private static readonly List<Suspect> s_kept = [];

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Track() => LifetimeScope.Track(new Suspect());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void TrackAndKeep() => Keep(LifetimeScope.Track(new Suspect()));

    public static LifeTimeMonitor Watch() => LifeTimeMonitor.Track(() => new Suspect());

    public static LifeTimeMonitor WatchAndKeep() => LifeTimeMonitor.Track(() => new Suspect(), Keep);

    public static void Keep(Suspect suspect)
    {
        lock (s_kept) s_kept.Add(suspect);
    }
}

using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

internal static class Tracked
{
    private static Owner? s_owner;

    public static Row[] Rows => [BehindAnother];

    private static Row BehindAnother => Row.Running(
        "object that only another tracked object holds",
        leak: () =>
        {
            try
            {
                return CheckBoth(() => s_owner = new Owner { Part = new Leaked() });
            }
            finally
            {
                s_owner = null;
            }
        },
        mended: () => CheckBoth(() => new Owner { Part = new Leaked() }));

    // The scope checks both on one snapshot, and reports those that live.
    private static LifetimeReport CheckBoth(Func<Owner> make)
    {
        var scope = new LifetimeScope();
        LifeTimeMonitor part = TrackBoth(scope, make);
        try
        {
            scope.AssertAllDead();
        }
        catch (ObjectNotDeadException exception)
        {
            return exception.Reports[^1];
        }

        return part.Check();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static LifeTimeMonitor TrackBoth(LifetimeScope scope, Func<Owner> make)
    {
        Owner owner = scope.Watch(make());
        return new LifeTimeMonitor(owner.Part!); // The scope is the current one, and adopts it.
    }

    private sealed class Owner
    {
        public Leaked? Part;
    }
}

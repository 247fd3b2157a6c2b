using System.Runtime.CompilerServices;

namespace LifetimeMonitor.TruthTable.Rows;

/// <summary>Gets an object out of a method that is suspended before it can return it, and does not keep it.</summary>
internal static class Handover
{
    public static Leaked Make(this StrongBox<Leaked?> box)
    {
        var made = new Leaked();
        box.Value = made;
        return made;
    }

    public static Leaked Take(this StrongBox<Leaked?> box)
    {
        Leaked made = box.Value!;
        box.Value = null;
        return made;
    }
}

using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>
/// Pools of arrays, and of objects. A pool holds the arrays that were returned to it. Behind the pool the path shows
/// arrays of arrays, and the contents that the last user left in them.
/// </summary>
internal static class Pools
{
    private const string ObjectPool = "Microsoft.Extensions.ObjectPool.ObjectPool";

    private static readonly string[] s_pools =
        ["System.Buffers.SharedArrayPool", "System.Buffers.ConfigurableArrayPool"];

    /// <summary>Whether a reference is an element of an array in a pool, or a member of a pooled object.</summary>
    public static bool Is(NamedPath path, int step) => IsOfArray(path, step) || IsOfObject(path, step);

    private static bool IsOfObject(NamedPath path, int step) =>
        step > 1
        && !Ownership.IsOfLibrary(path.Steps[step - 1])
        && Ownership.HolderOf(path, step - 1) is >= 0 and var pool
        && path.Steps[pool].Type?.Bases.Contains(ObjectPool) == true;

    private static bool IsOfArray(NamedPath path, int step)
    {
        if (path.Steps[step].Kind != ReferenceKind.Element) return false;
        int inside = step;
        while (inside > 0 && path.Steps[inside - 1].Type is { Type.IsArray: true }) inside--;
        string pool = inside > 0 ? path.Steps[inside - 1].Type?.Definition ?? "" : path.Root.Holder;
        return inside < step && Array.Exists(s_pools, p => pool.StartsWith(p, StringComparison.Ordinal));
    }

    public static string? Advice(NamedPath path, int suspect, string leaked) => IsOfObject(path, suspect)
        ? $"An object was returned to its ObjectPool with the {leaked} in it: clear that reference before the object is "
            + "returned, or in the Return method of the pool's policy."
        : IsOfArray(path, suspect)
        ? $"An array was returned to its ArrayPool with the {leaked} in it: clear it before, or return it with "
            + "clearArray: true."
        : null;
}

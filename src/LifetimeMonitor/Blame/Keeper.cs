using LifetimeMonitoring.Naming;

namespace LifetimeMonitoring.Blame;

/// <summary>A type that keeps others.</summary>
/// <param name="Library">The common beginning of the library's namespaces.</param>
/// <param name="Type">The rest of its name, without type arguments.</param>
/// <param name="Words">
/// Its behavior and the advice; <c>{0}</c> is the object, and <c>{1}</c> is the object given to the library that
/// leads to it.
/// </param>
internal sealed record Keeper(string Library, string Type, string Words)
{
    /// <summary>
    /// The library holds many such objects, each until the program ends it. Any other holder of one is to blame.
    /// </summary>
    public bool LastsWhileHeld { get; init; }

    /// <summary>Libraries have such objects of their own, about which the program can do nothing.</summary>
    public bool IsOfProgram { get; init; }

    /// <summary>
    /// The beginning of the name of a type, or of a static field, before it on the path; null for any.
    /// </summary>
    public string? Behind { get; init; }

    /// <summary>The common beginning of the names of its own parts; null for the whole library.</summary>
    public string? Parts { get; init; }

    /// <summary>The words of the only reference that counts; null for all.</summary>
    public string? Member { get; init; }

    /// <summary>The words of the only suspect reference that counts; null for all.</summary>
    public string? Element { get; init; }

    // Only objects of the library may lie between the keeper and the suspect; else something else is to blame.
    public bool Keeps(NamedPath path, int suspect)
    {
        int at = LastsWhileHeld && suspect < path.Steps.Count - 1 && Is(path.Steps[suspect].Type)
            ? suspect
            : suspect - 1;
        while (at >= 0 && !Is(path.Steps[at].Type) && IsInside(path.Steps[at].Type)) at--;
        return at >= 0
            && Is(path.Steps[at].Type)
            && (Member is null || path.Steps[at + 1].Words == Member)
            && (Element is null || path.Steps[suspect].Words == Element)
            && (!LastsWhileHeld || IsHeld(path, at))
            && (!IsOfProgram || !(IsLibrarys(path, at) || IsForLibrary(path, at)))
            && (Behind is null || IsBehind(Behind, path, at));
    }

    private static bool IsBehind(string library, NamedPath path, int at) =>
        path.Root.Holder.StartsWith(library, StringComparison.Ordinal)
        || path.Steps.Take(at).Any(
            s => s.Type?.Definition.StartsWith(library, StringComparison.Ordinal) == true);

    private bool IsLibrarys(NamedPath path, int at)
    {
        int holder = at - 1;
        while (holder >= 0 && IsInside(path.Steps[holder].Type)) holder--;
        return holder >= 0 ? Ownership.IsOfLibrary(path.Steps[holder]) : path.Root.IsOfLibrary;
    }

    // A library registered a service of its own, and the program does not know it.
    private bool IsForLibrary(NamedPath path, int at)
    {
        if (Parts is null) return false;
        int given = at;
        while (given < path.Steps.Count - 1 && IsInside(path.Steps[given].Type)) given++;
        return given < path.Steps.Count - 1 && Ownership.IsOfLibrary(path.Steps[given]);
    }

    /// <summary>The first object outside the library.</summary>
    public NamedStep KeptBy(NamedPath path, int suspect)
    {
        int at = suspect;
        while (at < path.Steps.Count - 1 && IsInside(path.Steps[at].Type)) at++;
        return path.Steps[at];
    }

    private bool IsHeld(NamedPath path, int at)
    {
        if (path.Steps[at].Kind is ReferenceKind.AsyncLocal or ReferenceKind.CancellationRegistration) return true;
        int holder = at - 1;
        while (holder >= 0 && Containers.Is(path.Steps[holder].Type)) holder--;
        return holder >= 0 && IsInside(path.Steps[holder].Type);
    }

    public bool Is(TypeFacts? type) => type?.Bases.Any(IsName) == true;

    private bool IsName(string name) =>
        name.Length == Library.Length + Type.Length
        && name.StartsWith(Library, StringComparison.Ordinal)
        && name.EndsWith(Type, StringComparison.Ordinal);

    private bool IsInside(TypeFacts? type) =>
        Containers.Is(type)
        || type?.Definition is { } name
            && (name.StartsWith(Parts ?? Library, StringComparison.Ordinal)
                || name.StartsWith("System.Threading.ThreadLocal", StringComparison.Ordinal));
}

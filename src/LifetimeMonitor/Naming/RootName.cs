using LifetimeMonitor.Naming.Rules;

namespace LifetimeMonitor.Naming;

/// <summary>A root in words.</summary>
/// <param name="Words">What it is.</param>
internal sealed record RootName(string Words)
{
    /// <summary>What it holds is the box the runtime keeps a struct in: the next reference belongs to the same name.</summary>
    public bool IsBox { get; init; }

    /// <summary>On which thread; empty where that means nothing.</summary>
    public string Where { get; init; } = "";

    /// <summary>How many of the path's references the words stand for.</summary>
    public int Length { get; init; }

    /// <summary>It is the await of the very check that asks.</summary>
    public bool IsAwaitOfCheck { get; init; }

    /// <summary>What kind of holding it is.</summary>
    public ReferenceNature Nature { get; init; } = ReferenceNature.Field;

    /// <summary>The field in the runtime's words, <c>Ns.Type.field</c>; empty when it is none.</summary>
    public string Holder { get; init; } = "";
}

/// <summary>The method a stack root belongs to.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Place">Where in the source it stands, in brackets; empty when that is not known.</param>
/// <param name="IsTest">It is a test method.</param>
/// <param name="IsOurs">It is a method of this library, which waits for the diagnosis.</param>
internal sealed record FrameName(string Method, string Place, bool IsTest, bool IsOurs);

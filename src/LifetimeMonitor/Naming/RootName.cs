using LifetimeMonitoring.Heap.Metadata;

namespace LifetimeMonitoring.Naming;

/// <summary>A root in words.</summary>
/// <param name="Words">Its description.</param>
internal sealed record RootName(string Words)
{
    /// <summary>It holds the box in which the runtime keeps a struct: the next reference is part of the name.</summary>
    public bool IsBox { get; init; }

    /// <summary>The names of the elements of tuples in its declaration; empty for none.</summary>
    public IReadOnlyList<string?> Tuples { get; init; } = [];

    /// <summary>The thread that it belongs to; null for roots without a thread.</summary>
    public string? Thread { get; init; }

    /// <summary>The thread, as the last part of the words.</summary>
    public string Where => Thread is null || Words.EndsWith(Thread, StringComparison.Ordinal) ? "" : $" on {Thread}";

    /// <summary>The same as data.</summary>
    public ReferenceFacts Facts { get; init; } = ReferenceFacts.None;

    /// <summary>The library that declares the static field; null for the program's own and for other roots.</summary>
    public string? Library { get; init; }

    /// <summary>Only a library itself can set it.</summary>
    public bool IsOfLibrary => Library is not null;

    /// <summary>It is on a stack.</summary>
    public bool IsStack { get; init; }

    /// <summary>It belongs to the thread that asks.</summary>
    public bool IsOfAssertingThread { get; init; }

    /// <summary>The number of the path's references that the words stand for.</summary>
    public int Length { get; init; }

    /// <summary>It is the await of the check itself.</summary>
    public bool IsAwaitOfCheck { get; init; }

    /// <summary>The kind of reference.</summary>
    public ReferenceKind Kind { get; init; } = ReferenceKind.Field;

    /// <summary>The field in the runtime's form, <c>Ns.Type.field</c>; empty for other roots.</summary>
    public string Holder { get; init; } = "";
}

/// <summary>The method a stack root belongs to.</summary>
/// <param name="Method">Its name.</param>
/// <param name="Place">Its place in the source, in parentheses; empty when unknown.</param>
/// <param name="Line">The same as data.</param>
/// <param name="IsTest">It is a test method.</param>
/// <param name="IsOurs">It is a method of this library that waits for the diagnosis.</param>
internal sealed record FrameName(string Method, string Place, SourceLine? Line, bool IsTest, bool IsOurs);

using LifetimeMonitoring.Heap.Metadata;

namespace LifetimeMonitoring.Naming;

/// <summary>A reference as data: the properties of a <see cref="Reports.PathStep"/> apart from its words.</summary>
internal sealed record ReferenceFacts
{
    public static ReferenceFacts None { get; } = new();

    public string? DeclaringType { get; init; }

    public string? Member { get; init; }

    public string? Handler { get; init; }

    public string? Key { get; init; }

    public string? Method { get; init; }

    /// <summary>The source line at which the method is suspended.</summary>
    public SourceLine? Place { get; init; }
}

namespace LifetimeMonitoring.Heap.Types;

/// <summary>A method.</summary>
/// <param name="Type">The type that declares it.</param>
/// <param name="Name">As in the metadata.</param>
/// <param name="Token">The token of its definition in the metadata.</param>
internal sealed record HeapMethod(HeapType Type, string Name, int Token);

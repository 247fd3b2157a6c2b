namespace LifetimeMonitor;

/// <summary>What an object alone keeps alive: all that would be freed with it, itself included.</summary>
/// <param name="Objects">How many objects.</param>
/// <param name="Bytes">Their size on the heap, in bytes.</param>
public sealed record RetainedMemory(int Objects, long Bytes);

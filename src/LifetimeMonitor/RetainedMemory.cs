namespace LifetimeMonitor;

/// <summary>
/// What an object alone keeps alive: itself, and all that is reachable from it and not, without it, from static fields, handles
/// and finalizers. What running methods hold besides is not considered, because they end.
/// </summary>
/// <param name="Objects">How many objects.</param>
/// <param name="Bytes">Their size on the heap, in bytes.</param>
public sealed record RetainedMemory(int Objects, long Bytes);

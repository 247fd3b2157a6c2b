namespace LifetimeMonitor;

/// <summary>What is known of an object without holding it: its type, and where it was tracked.</summary>
/// <param name="TypeName">Its type, as C# writes it.</param>
/// <param name="Expression">The source text that was tracked, or null.</param>
/// <param name="Member">The method in which it was tracked, or null.</param>
/// <param name="FilePath">The source file in which it was tracked, or null.</param>
/// <param name="Line">The line in that file, counted from 1; 0 when it is not known.</param>
public sealed record TrackedObject(string TypeName, string? Expression, string? Member, string? FilePath, int Line);

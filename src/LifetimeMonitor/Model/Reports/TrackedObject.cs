namespace LifetimeMonitoring.Reports;

/// <summary>An object that is tracked, described without holding it: its type, and where it was tracked.</summary>
public sealed class TrackedObject
{
    internal TrackedObject(string typeName, string? expression, string? member, string? filePath, int line) =>
        (TypeName, Expression, Member, FilePath, Line) = (typeName, expression, member, filePath, line);

    /// <summary>Its type, as C# writes it.</summary>
    public string TypeName { get; }

    /// <summary>The source text that was tracked, or null.</summary>
    public string? Expression { get; }

    /// <summary>The method in which it was tracked, or null.</summary>
    public string? Member { get; }

    /// <summary>The source file in which it was tracked, or null.</summary>
    public string? FilePath { get; }

    /// <summary>The line in that file, counted from 1; 0 when it is not known.</summary>
    public int Line { get; }
}

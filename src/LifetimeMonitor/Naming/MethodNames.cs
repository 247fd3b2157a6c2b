namespace LifetimeMonitor.Naming;

/// <summary>Method names as C# writes them.</summary>
internal static class MethodNames
{
    /// <summary><c>Ns.Type.Method</c> from a signature in the runtime's words, <c>Ns.Type.Method(System.String)</c>.</summary>
    public static string OfSignature(string signature)
    {
        int end = signature.IndexOf('(', StringComparison.Ordinal);
        string name = end < 0 ? signature : signature[..end];
        int dot = name.LastIndexOf('.');
        if (dot > 0 && name[dot - 1] == '.') dot--; // Type..ctor
        return dot <= 0 ? name : $"{TypeNames.FromRuntimeName(name[..dot])}.{name[(dot + 1)..]}";
    }
}

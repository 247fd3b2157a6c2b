namespace LifetimeMonitor.Snapshots.Clone;

/// <summary>The bytes of <c>clone.c</c>, mapped executable once; they stay, because the signal handler in them stays installed.</summary>
internal static class CloneCode
{
    // A refusal is not kept: what there is no memory for now there may be next time.
    private static readonly Lazy<nint> s_entryPoint = new(() => ExecutableMemory.Map(Bytes()), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Where <c>clone_process</c> begins.</summary>
    public static nint EntryPoint => s_entryPoint.Value;

    /// <summary>Where <c>serve</c> begins: the search, without a clone.</summary>
    public static nint SearchEntryPoint => s_entryPoint.Value + 16;

    internal static byte[] Bytes()
    {
        using Stream stream = typeof(CloneCode).Assembly.GetManifestResourceStream("clone.linux-x64.bin")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

using System.Collections.Immutable;
using LifetimeMonitoring.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>
/// The runtime's own library, with its real version. ClrMD 4.2 reads "0.0" from a libcoreclr.so whose first writable
/// segment is RELRO (seen with 10.0.12): it searches only that segment for the version. Thread statics vanish with it.
/// </summary>
internal sealed class RuntimeModule(ModuleInfo inner) : ModuleInfo(inner.ImageBase, inner.FileName)
{
    private const string LibraryName = "libcoreclr.so";

    // The library never moves once it is loaded.
    private static Mapping? s_mapping;

    public override ModuleKind Kind => inner.Kind;

    public override Version Version => Environment.Version;

    public override ImmutableArray<byte> BuildId => inner.BuildId;

    public override int IndexFileSize => inner.IndexFileSize;

    public override int IndexTimeStamp => inner.IndexTimeStamp;

    public override PdbInfo? Pdb => inner.Pdb;

    protected override long ImageSizeCore => inner.ImageSize;

    public override ulong GetExportSymbolAddress(string symbol) => inner.GetExportSymbolAddress(symbol);

    /// <summary>Finds the runtime among the files mapped into this process.</summary>
    /// <param name="reader">Reads the snapshot.</param>
    /// <param name="maps">Reads the lines of this process's /proc/self/maps.</param>
    public static IEnumerable<ModuleInfo> Find(IDataReader reader, Func<IEnumerable<string>> maps)
    {
        s_mapping ??= Mapping.Of(maps().Where(l => l.EndsWith('/' + LibraryName, StringComparison.Ordinal)))
            .FirstOrDefault();
        return s_mapping is not null && ModuleInfo.TryCreate(reader, s_mapping.Start, s_mapping.Path) is { } module
            ? [new RuntimeModule(module)]
            : [];
    }

    /// <summary>The same for a reader that finds the modules itself.</summary>
    public static ModuleInfo Correct(ModuleInfo module) =>
        Path.GetFileName(module.FileName) == LibraryName ? new RuntimeModule(module) : module;
}

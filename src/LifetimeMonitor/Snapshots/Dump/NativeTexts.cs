using System.Collections;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Dump;

/// <summary>
/// A list of strings as another program gets it: bytes that end with a zero, and a null pointer after the last.
/// </summary>
internal sealed unsafe class NativeTexts : IDisposable
{
    private readonly byte** _list;
    private readonly int _count;

    public NativeTexts(IReadOnlyList<string> texts)
    {
        _count = texts.Count;
        _list = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < _count; i++) _list[i] = (byte*)Marshal.StringToCoTaskMemUTF8(texts[i]);
    }

    public byte** List => _list;

    /// <summary>The variables of the environment, as this program sees them.</summary>
    public static NativeTexts Environment() =>
        new([.. System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .Select(v => $"{v.Key}={v.Value}")]);

    public void Dispose()
    {
        for (int i = 0; i < _count; i++) Marshal.FreeCoTaskMem((nint)_list[i]);
        NativeMemory.Free(_list);
    }
}

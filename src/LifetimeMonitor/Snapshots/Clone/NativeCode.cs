using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// The native code for one processor, and the numbers of its header in <c>Native/arch</c>. All other differences between
/// processors are in that header.
/// </summary>
/// <param name="Processor">The name of the processor in the files of bytes.</param>
/// <param name="Registers">The number of general registers that the tracer reads of a stopped thread.</param>
/// <param name="ThreadIdCall">The number of gettid(2). The C library has such a function since 2.30 only.</param>
/// <param name="FutexCall">The number of futex(2), for which the C library has no function.</param>
internal sealed record NativeCode(string Processor, int Registers, long ThreadIdCall, long FutexCall)
{
    public static NativeCode X64 { get; } = new("x64", Registers: 17, ThreadIdCall: 186, FutexCall: 202);

    public static NativeCode Arm64 { get; } = new("arm64", Registers: 33, ThreadIdCall: 178, FutexCall: 98);

    /// <summary>The code for this process; null if there is none for its processor, or for its system.</summary>
    public static NativeCode? Current { get; } = !OperatingSystem.IsLinux() ? null
        : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => X64,
            Architecture.Arm64 => Arm64,
            _ => null,
        };

    /// <summary>The bytes that a translation unit compiles to.</summary>
    /// <param name="source">Its name, without the ending.</param>
    public byte[] Bytes(string source)
    {
        using Stream stream = typeof(NativeCode).Assembly.GetManifestResourceStream($"{source}.linux-{Processor}.bin")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

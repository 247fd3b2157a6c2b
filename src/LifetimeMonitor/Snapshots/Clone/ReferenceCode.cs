using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Snapshots.Clone;

/// <summary>
/// Turns an address seen in a snapshot into a reference, if there was no collection since. The check and the store
/// must be atomic for the collector: native code does both, which the thread calls without a transition, so no
/// collection can begin until it has returned. By then the reference is in a local variable that the collector knows.
/// </summary>
internal static unsafe class ReferenceCode
{
    private static readonly Lazy<nint> s_entryPoint =
        new(() => ExecutableMemory.Map(Bytes), LazyThreadSafetyMode.PublicationOnly);

    // int store_if(nint *sentinel, nint address, nint *reference), System V calling convention.
    private static ReadOnlySpan<byte> Bytes =>
    [
        0x48, 0x8B, 0x07,             // mov  rax, [rdi]
        0x48, 0x85, 0xC0,             // test rax, rax
        0x74, 0x09,                   // je   dead
        0x48, 0x89, 0x32,             // mov  [rdx], rsi
        0xB8, 0x01, 0x00, 0x00, 0x00, // mov  eax, 1
        0xC3,                         // ret
        0x31, 0xC0,                   // dead: xor eax, eax
        0xC3,                         // ret
    ];

    /// <summary>Why it is unavailable here, or null.</summary>
    public static string? Unavailable
    {
        get
        {
            if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
                return "instances of types are told apart on Linux x64 only; "
                    + $"this is {RuntimeInformation.RuntimeIdentifier}";
            // A conservative collector keeps the sentinel alive for a stale word on a stack.
            bool isConservative = Environment.GetEnvironmentVariable("DOTNET_gcConservative") is not (null or "" or "0")
                || (AppContext.TryGetSwitch("System.GC.Conservative", out bool on) && on);
            return isConservative ? "the garbage collector is conservative (DOTNET_gcConservative)" : null;
        }
    }

    /// <summary>The object at an address; false if there was a collection since the sentinel was made.</summary>
    /// <param name="sentinelCell">The address of the cell of a weak handle; the cell contains zero after a
    /// collection.</param>
    /// <param name="address">The address of an object that was alive after the sentinel was made.</param>
    /// <param name="found">The object.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool TryRefer(nint sentinelCell, ulong address, out object? found)
    {
        object? reference = null;
#pragma warning disable CS8500 // The address of a local that the collector reports is intended.
        int stored = ((delegate* unmanaged[SuppressGCTransition]<nint, nint, object*, int>)s_entryPoint.Value)(
            sentinelCell,
            (nint)address,
            &reference);
#pragma warning restore CS8500
        found = reference;
        return stored != 0;
    }
}

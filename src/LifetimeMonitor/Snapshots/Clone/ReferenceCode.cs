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
        new(
            () => ExecutableMemory.Map(NativeCode.Current == NativeCode.Arm64 ? BytesForArm64 : BytesForX64),
            LazyThreadSafetyMode.PublicationOnly);

    // int store_if(nint *sentinel, nint address, nint *reference), System V calling convention.
    private static ReadOnlySpan<byte> BytesForX64 =>
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

    // The same, in the procedure call standard of arm64.
    private static ReadOnlySpan<byte> BytesForArm64 =>
    [
        0x03, 0x00, 0x40, 0xF9, // ldr x3, [x0]
        0x83, 0x00, 0x00, 0xB4, // cbz x3, dead
        0x41, 0x00, 0x00, 0xF9, // str x1, [x2]
        0x20, 0x00, 0x80, 0x52, // mov w0, #1
        0xC0, 0x03, 0x5F, 0xD6, // ret
        0x00, 0x00, 0x80, 0x52, // dead: mov w0, #0
        0xC0, 0x03, 0x5F, 0xD6, // ret
    ];

    /// <summary>Why it is unavailable here, or null.</summary>
    public static string? Unavailable
    {
        get
        {
            if (NativeCode.Current is null)
                return "instances of types are told apart on Linux x64 and arm64 only; "
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

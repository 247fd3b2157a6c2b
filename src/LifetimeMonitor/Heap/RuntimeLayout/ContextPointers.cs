using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// The addresses of saved registers in a thrown exception's frame (KNONVOLATILE_CONTEXT_POINTERS).
/// </summary>
/// <param name="Count">The number of addresses.</param>
/// <param name="CalleeSaved">The registers that a call preserves. The addresses of the others are not set.</param>
internal sealed record ContextPointers(int Count, int[] CalleeSaved)
{
    /// <summary>Null when they are unknown. Windows saves registers differently.</summary>
    public static ContextPointers? OfThisSystem { get; } = OperatingSystem.IsWindows() ? null
        : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => Amd64(),
            Architecture.Arm64 => Arm64(),
            _ => null,
        };

    // 16 floating-point registers, then the general ones in the processor's numbering: rbx, rbp, and r12 to r15.
    private static ContextPointers Amd64() => new(32, [16 + 3, 16 + 5, 16 + 12, 16 + 13, 16 + 14, 16 + 15]);

    // x19 to x28, the frame pointer and the link register, then 8 floating-point registers.
    private static ContextPointers Arm64() => new(20, [.. Enumerable.Range(0, 12)]);
}

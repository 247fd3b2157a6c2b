using System.Runtime.InteropServices;
using LifetimeMonitor.Heap.Opening;

namespace LifetimeMonitor.Heap;

/// <summary>How the runtime chains what it notes on stacks (its class <c>Frame</c>), as far as it tells: .NET 10 does.</summary>
/// <param name="FirstFrame">Where in a Thread the first one is.</param>
/// <param name="NextFrame">Where in a frame the next one is; the kind of the frame comes first.</param>
/// <param name="SavedRegisters">Where in the frame of a thrown exception the addresses of saved registers are (KNONVOLATILE_CONTEXT_POINTERS).</param>
/// <param name="Thrown">The kind of a frame where managed code threw.</param>
/// <param name="Unsafe">Kinds of frames with the registers of code that was interrupted.</param>
internal sealed record FrameLayout(int FirstFrame, int NextFrame, int SavedRegisters, ulong Thrown, IReadOnlyList<ulong> Unsafe)
{
    /// <summary>16 floating-point registers, then the others in the order in which the processor numbers them.</summary>
    public const int SavedRegisterCount = 32;

    private const int Rbx = 16 + 3, Rbp = 16 + 5, R12 = 16 + 12;
    private static readonly string[] s_unsafe = ["Resumable", "RedirectedThread", "FaultingException", "Hijack", "FuncEval"];

    /// <summary>Those that a call preserves: the others' addresses are not set.</summary>
    public static ReadOnlySpan<int> CalleeSaved => [Rbx, Rbp, R12, R12 + 1, R12 + 2, R12 + 3];

    /// <summary>That of the runtime of this process; looked up when it is asked for.</summary>
    public static Lazy<FrameLayout?> OfThisRuntime { get; } = new(() => From(ContractDescriptor.OfThisRuntime));

    /// <summary>Null when the runtime does not tell, or keeps registers in another way than on Linux x64.</summary>
    public static FrameLayout? From(ContractDescriptor? runtime)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64 || OperatingSystem.IsWindows()) return null;
        if (runtime is null || runtime.Version("Thread") != 1 || runtime.Version("StackWalk") != 1) return null;
        ulong?[] kinds = [.. s_unsafe.Select(k => runtime.Global(k + "FrameIdentifier"))];
        if (runtime.Offset("Thread", "Frame") is not { } first || runtime.Offset("Frame", "Next") is not { } next) return null;
        if (runtime.Global("SoftwareExceptionFrameIdentifier") is not { } thrown || kinds.Contains(null)) return null;
        if (runtime.Offset("SoftwareExceptionFrame", "ReturnAddress") is not { } returnAddress) return null;
        // The addresses stand between the return address and the registers themselves.
        int saved = returnAddress + sizeof(ulong);
        return runtime.Offset("SoftwareExceptionFrame", "TargetContext") is { } context && context - saved is SavedRegisterCount * sizeof(ulong) or (SavedRegisterCount + 1) * sizeof(ulong)
            ? new FrameLayout(first, next, saved, thrown, [.. kinds.Select(k => k!.Value)])
            : null;
    }
}

using System.Runtime.InteropServices;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>How the runtime chains the frames on a stack (class <c>Frame</c>). .NET 10 publishes this layout.</summary>
/// <param name="FirstFrame">The offset of the first frame in a Thread.</param>
/// <param name="NextFrame">The offset of the next frame in a frame, which begins with its kind.</param>
/// <param name="SavedRegisters">The offset of the addresses of saved registers in a thrown exception's frame.</param>
/// <param name="Pointers">These addresses.</param>
/// <param name="Thrown">
/// The kind of frame where managed code threw; null when the DAC reads its saved registers in the snapshot.
/// </param>
/// <param name="Unsafe">The kinds of frames that hold the registers of interrupted code.</param>
internal sealed record FrameLayout(
    int FirstFrame,
    int NextFrame,
    int SavedRegisters,
    ContextPointers Pointers,
    ulong? Thrown,
    IReadOnlyList<ulong> Unsafe)
{
    private static readonly string[] s_unsafe =
        ["Resumable", "RedirectedThread", "FaultingException", "Hijack", "FuncEval"];

    /// <summary>The layout of this process's runtime, looked up on first use.</summary>
    public static Lazy<FrameLayout?> OfThisRuntime { get; } =
        new(() => From(ContractDescriptor.OfThisRuntime, RuntimeVersion.Current));

    /// <summary>Null when the runtime does not publish it, or saves registers in an unknown way.</summary>
    public static FrameLayout? From(ContractDescriptor? runtime, RuntimeVersion version)
    {
        if (ContextPointers.OfThisSystem is not { } pointers) return null;
        if (runtime is null || runtime.Version("Thread") != 1 || runtime.Version("StackWalk") != 1) return null;
        ulong?[] kinds = [.. s_unsafe.Select(k => runtime.Global(k + "FrameIdentifier"))];
        if (runtime.Offset("Thread", "Frame") is not { } first || runtime.Offset("Frame", "Next") is not { } next)
            return null;
        if (runtime.Global("SoftwareExceptionFrameIdentifier") is not { } thrown || kinds.Contains(null)) return null;
        if (runtime.Offset("SoftwareExceptionFrame", "ReturnAddress") is not { } returnAddress) return null;
        // The addresses lie between the return address and the registers themselves, which may be aligned.
        int saved = returnAddress + sizeof(ulong), length = pointers.Count * sizeof(ulong);
        // No test has shown that .NET 11 reads them in the snapshot on arm64, too.
        bool isSafe = version.ReadsSavedRegistersInSnapshot
            && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        return runtime.Offset("SoftwareExceptionFrame", "TargetContext") is { } context
            && (context - saved == length || context - saved == length + sizeof(ulong))
            ? new FrameLayout(
                first,
                next,
                saved,
                pointers,
                isSafe ? null : thrown,
                [.. kinds.Select(k => k!.Value)])
            : null;
    }
}

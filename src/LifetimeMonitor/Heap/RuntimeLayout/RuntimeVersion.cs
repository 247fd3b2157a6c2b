using System.Globalization;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>
/// The facts about the runtime that differ by its version. The other files of this folder have the facts that are the
/// same in all known versions.
/// </summary>
/// <param name="Number">The major version.</param>
internal sealed record RuntimeVersion(int Number)
{
    private const int Newest = 11;

    /// <summary>The version of this process's runtime.</summary>
    public static RuntimeVersion Current { get; } = new(Environment.Version.Major);

    /// <summary>The tests of this library have run on it, or on a preview of it.</summary>
    public bool IsKnown => Number <= Newest;

    /// <summary>
    /// A type's auxiliary data leads to its statics (<see cref="StaticsLayout"/>), those of collectible types included.
    /// Before, types keep them elsewhere, and those of collectible assemblies are not found.
    /// </summary>
    public bool KeepsStaticsBesideType => Number >= 9;

    /// <summary>Each thread has its thread statics itself (<see cref="ThreadDataLayout"/>), before in handles.</summary>
    public bool KeepsThreadStaticsInThread => Number >= 9;

    /// <summary>
    /// Server GC that adapts its heap count (DATAS) hides handles from the DAC until .NET 11 (dotnet/runtime#124872).
    /// </summary>
    public bool HidesHandlesOfAdaptingHeaps => Number < 11;

    /// <summary>
    /// The DAC reads the registers that a thrown exception saved where they belong to. Before, it reads their addresses
    /// in its own process (dotnet/runtime#124401).
    /// </summary>
    public bool ReadsSavedRegistersInSnapshot => Number >= 11;

    /// <summary>The reason why no path is exact on a version that is not known; null otherwise.</summary>
    public string? Doubt => IsKnown
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $".NET {Number} is newer than the versions that this version of LifetimeMonitor knows, which end with .NET "
            + $"{Newest}: update LifetimeMonitor");
}

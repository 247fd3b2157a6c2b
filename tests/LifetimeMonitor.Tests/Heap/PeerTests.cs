using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Tests.Heap;

/// <summary>For objects that the runtime laid out, our references and those of ClrMD agree.</summary>
public sealed class PeerTests
{
    private const int MaxRank = 6;

    [Fact]
    public void Every_reference_is_followed_that_ClrMD_follows_and_no_other()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        using var zoo = new Holding([.. Animals()]);
        using ProcessSnapshot snapshot = new SnapshotLadder().Take(SnapshotKind.Clone);
        using var heap = SnapshotHeap.Open(snapshot, new HeapCaches(), searchInside: false);
        using ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        using DataTarget target = runtime.DataTarget;
        ClrObject start = runtime.Heap.GetObject(heap.TargetOf(zoo.Handle));
        var met = new HashSet<ulong>([start.Address]);
        var open = new Queue<ClrObject>([start]);
        while (open.TryDequeue(out ClrObject next))
        {
            ClrObject[] references = [.. next.EnumerateReferences(carefully: false, considerDependantHandles: false)];
            Assert.True(
                references.Select(r => r.Address).ToHashSet().SetEquals(heap.Graph.ReferencesOf(next.Address)),
                $"the references of {next.Type?.Name} at {next.Address:x}");
            foreach (ClrObject reference in references.Where(r => met.Add(r.Address))) open.Enqueue(reference);
        }

        Assert.True(met.Count > 1000, $"{met.Count} objects");
    }

    private static IEnumerable<object> Animals() =>
    [
        .. Arrays(() => new object()), .. Arrays(() => (new object(), 1)),
        .. Arrays(() => (1, new object(), 2, new object())), .. Arrays(() => (Two?)new Two { A = new() }),
        .. Arrays(() => new Two { A = new(), B = new() }), .. Arrays(() => new Packed { Reference = new() }),
        .. Arrays(() => new Overlaid { A = new(), Number = 1 }),
        .. Arrays(Inline), .. Arrays(() => 1), .. Arrays(() => 1.5m), .. Arrays(() => new Memory<object>([new()])),
        (object)new Two { A = new(), B = new() }, (object)Inline(), (Two?)new Two { B = new() },
        new Dictionary<string, Two> { ["key"] = new() { A = new() } },
    ];

    // One array for each number of dimensions, with lower bounds, and an object right after each.
    private static IEnumerable<object> Arrays<T>(Func<T> make)
    {
        for (int rank = 1; rank <= MaxRank; rank++)
        {
            var array = Array.CreateInstance(typeof(T), [.. Enumerable.Repeat(2, rank)], [.. Enumerable.Repeat(rank == 1 ? 0 : 3, rank)]);
            var behind = new Behind();
            foreach (int number in Enumerable.Range(0, array.Length))
                array.SetValue(make(), [.. Enumerable.Range(0, rank).Select(d => array.GetLowerBound(d) + (number >> d & 1))]);
            yield return array;
            yield return behind;
        }

        yield return Array.CreateInstance(typeof(T), 0);
        yield return Enumerable.Range(0, 5000).Select(i => i % 100 == 0 ? make() : default).ToArray();
    }

    private static Inlined Inline()
    {
        var inline = default(Inlined);
        for (int i = 0; i < 3; i++) inline[i] = new Two { B = new() };
        return inline;
    }

    private sealed class Holding(object[] animals) : IDisposable
    {
        private readonly GCHandle _handle = GCHandle.Alloc(animals);

        public nint Handle => GCHandle.ToIntPtr(_handle);

        public void Dispose() => _handle.Free();
    }

    private sealed class Behind
    {
        public readonly object First = new(), Second = new(), Third = new();
    }

    private struct Two
    {
        public int Number;
        public object? A;
        public long Long;
        public object? B;
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte Byte;
        public object? Reference;
        public short Short;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Overlaid
    {
        [FieldOffset(0)]
        public object? A;
        [FieldOffset(0)]
        public object? B;
        [FieldOffset(8)]
        public int Number;
        [FieldOffset(16)]
        public Two Two;
    }

    [InlineArray(3)]
    private struct Inlined
    {
        private Two _element;
    }
}

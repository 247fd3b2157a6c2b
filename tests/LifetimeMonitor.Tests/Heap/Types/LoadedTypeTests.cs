using System.Runtime.InteropServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Heap.Types;
using LifetimeMonitoring.Snapshots;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Tests.Heap.Types;

/// <summary>
/// Reflection and the runtime's debugging component describe the types of this process in the same way.
/// </summary>
public sealed class LoadedTypeTests
{
    [Fact]
    public void Of_every_type_in_this_process_both_tell_the_same()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64,
            "clones are made on Linux x64 only");
        GC.KeepAlive((s_examples, Derived.Shared, Derived.Structure, Derived.OfThread = Derived.Constant));
        using ProcessSnapshot clone = new SnapshotLadder().Take(SnapshotKind.Clone);
        using ClrRuntime runtime = RuntimeOpener.Open(clone);
        var dac = new DacRuntime(runtime);
        var types = new HeapTypes(
            dac,
            dac.Read,
            new MethodTableProof(dac.Read, a => runtime.Heap.GetSegmentByAddress(a) is not null));
        var differences = new List<string>();
        int compared = 0;
        foreach (ClrType type in runtime.Heap.EnumerateObjects()
            .Select(o => o.Type)
            .OfType<ClrType>()
            .Where(t => !t.IsFree)
            .DistinctBy(t => t.MethodTable))
        {
            if (types.At(type.MethodTable) is not LoadedType loaded) continue;
            compared++;
            // The debugging component does not treat a field as a reference while its type is not loaded.
            string expected = Describe(new DebuggedType(types, DacType.Of(type)), orOther: loaded), actual = Describe(loaded);
            if (expected != actual) differences.Add($"{expected}\n{actual}");
        }

        Assert.True(compared > 300, $"only {compared} types were compared");
        Assert.True(differences.Count == 0, $"{differences.Count} of {compared} types differ:\n{string.Join('\n', differences.Take(20))}");
    }

    private static string Describe(HeapType type, HeapType? orOther = null)
    {
        bool IsReference(string field) => type.Place(field)?.IsReference == true || orOther?.Place(field)?.IsReference == true;
        IEnumerable<string> fields = type.FieldNames
            .Order(StringComparer.Ordinal)
            .Select(n => $"{n} {type.Place(n)?.Offset}{(IsReference(n) ? " reference" : "")}");
        IEnumerable<string> statics = type.Statics
            .Select(f =>
                $"{f.Name} {f.Offset}{(f.IsStruct ? " struct" : "")}{(f.IsThreadStatic ? " of each thread" : "")}")
            .Order(StringComparer.Ordinal);
        return $"{type.RuntimeName} : {type.Base?.RuntimeName} [{type.Element?.RuntimeName}] {type.ElementSize} "
            + $"{(type.IsArray ? type.ElementsOffset : 0)} {type.Primitive} "
            + $"{type.IsArray} {type.IsString} {type.IsStruct} {type.IsFinalizable} {type.IsEnumeration} "
            + $"{(type.IsArray ? 0 : type.Token):x}; {string.Join(", ", fields)}; {string.Join(", ", statics)}";
    }

    private static readonly object[] s_examples =
    [
        new Dictionary<string, List<(int, object)>[]>(), new int[2, 3], new string[1][], DayOfWeek.Friday, 1.5m, 'x',
        (nint)1, Guid.Empty, DateTimeOffset.UnixEpoch,
        new Outer<string>.Inner<int>(), new Outer<object>.Inner<byte>[1], new KeyValuePair<string, Outer<int>.Value>[1],
        new Derived(), (nuint)2, true,
        new Action(static () => { }), new Func<int, string>(static i => $"{i}"),
        new Lazy<Outer<long>>(), new byte[3][,], new DayOfWeek[2], new List<DayOfWeek?>(),
        OfByte.One, OfInt64.One, OfUInt64.One, new OfUInt64[1],
    ];

    private enum OfByte : byte
    {
        One = 1,
    }

    private enum OfInt64 : long
    {
        One = 1,
    }

    private enum OfUInt64 : ulong
    {
        One = 1,
    }

    private class Base
    {
        internal object? Hidden = "";
        internal int Number = 1;
    }

    private sealed class Derived : Base
    {
        internal const string Constant = "";
        internal static readonly object Shared = new();
        internal static Guid Structure = Guid.NewGuid();
        [ThreadStatic]
        internal static string? OfThread;

        internal new object? Hidden = new();
        internal Outer<string>.Value Value;
        internal unsafe int* Pointer = null;
        internal unsafe delegate*<void> Function = null;
    }

    private sealed class Outer<T>
    {
        internal T? Item = default;

        internal struct Value
        {
            internal T? Item;
            internal long Number;
        }

        internal sealed class Inner<TInner>
        {
            internal TInner? Own = default;
            internal Value Value = default;
        }
    }
}

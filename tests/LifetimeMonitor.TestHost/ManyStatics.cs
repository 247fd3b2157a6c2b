using System.Runtime.CompilerServices;
using LifetimeMonitoring.Heap.Dac;
using LifetimeMonitoring.Heap.Statics;
using LifetimeMonitoring.Snapshots;
using LifetimeMonitoring.Snapshots.Clone;
using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.TestHost;

/// <summary>
/// Enough types with statics for their records to lie everywhere in the runtime's memory for type data, also at the
/// start of its blocks.
/// </summary>
internal static class ManyStatics
{
    private static readonly Type[] s_arguments =
        [
            typeof(string),
            typeof(object),
            typeof(Version),
            typeof(Uri),
            typeof(int),
            typeof(long),
            typeof(Guid),
            typeof(DateTime),
            typeof(decimal),
            typeof(Half)
        ];

    public static int Run()
    {
        Type[] types =
        [
            .. from first in s_arguments
               from second in s_arguments
               from third in s_arguments
               from fourth in s_arguments
               select typeof(Cache<,,,>).MakeGenericType(first, second, third, fourth),
        ];
        foreach (Type type in types) RuntimeHelpers.RunClassConstructor(type.TypeHandle);

        using var snapshot = (CloneSnapshot)new SnapshotLadder().Take(SnapshotKind.Clone);
        using ClrRuntime runtime = RuntimeOpener.Open(snapshot);
        using DataTarget target = runtime.DataTarget;
        HashSet<ulong> found =
        [
            .. StaticStorages.In(LoaderHeaps.In(new DacRuntime(runtime), snapshot.Read))
                .Where(s => s.Base != 0 && StaticStorages.Confirms(snapshot.Read, s, isThreadStatic: false))
                .Select(s => s.MethodTable)
        ];
        Type[] missing = [.. types.Where(t => !found.Contains((ulong)t.TypeHandle.Value))];
        Console.WriteLine($"{types.Length} types, the statics of {missing.Length} not found");
        foreach (Type type in missing) Console.WriteLine(type);
        return missing.Length == 0 ? 0 : 1;
    }

    private static class Cache<T1, T2, T3, T4>
    {
        public static readonly object Held = new();

        static Cache()
        {
        }
    }
}

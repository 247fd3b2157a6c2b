using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.RuntimeLayout;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>Static fields: every element of the arrays in which the runtime keeps them.</summary>
internal static class StaticRoots
{
    public static IEnumerable<HeapRoot> In(IEnumerable<ulong> tables, ReadMemory read)
    {
        foreach (ulong table in tables)
        {
            foreach (HeapRoot root in Elements(RootKind.StaticField, table, threadId: 0, read)) yield return root;
        }
    }

    /// <summary>The elements of an <c>object[]</c> as roots.</summary>
    public static IEnumerable<HeapRoot> Elements(RootKind kind, ulong array, int threadId, ReadMemory read)
    {
        if (!read.TryRead(array + ObjectLayout.LengthOffset, out int length) || length <= 0) yield break;
        ulong start = array + ObjectLayout.ElementsOffset;
        ulong[] elements = read.ReadPointers(start, start + ((ulong)length * sizeof(ulong)));
        for (int i = 0; i < elements.Length; i++)
        {
            if (elements[i] != 0)
                yield return new HeapRoot(kind, start + ((ulong)i * sizeof(ulong)), elements[i], threadId);
        }
    }
}

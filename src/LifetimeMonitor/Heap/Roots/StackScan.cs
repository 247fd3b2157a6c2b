using System.Buffers;
using LifetimeMonitoring.Heap.Memory;
using LifetimeMonitoring.Heap.Objects;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Heap.Roots;

/// <summary>
/// A conservative scan of the threads' stacks and registers in the snapshot: every word that is the address of an
/// object may be a reference to it. The scan finds every local without the DAC, which is known to crash when it walks
/// the stacks of a busy process (dotnet/runtime#124401).
/// </summary>
internal sealed class StackScan(
    ReadMemory read,
    SegmentMap segments,
    Func<ulong, ulong> baseOf,
    Func<ulong, bool> isObject)
{
    private const int BytesPerRead = 16 * 1024;

    /// <summary>Possible references, from the stack pointer to the base of the stack, then in registers.</summary>
    public IEnumerable<HeapRoot> Scan(ThreadCapture thread)
    {
        ulong start = thread.StackPointer & ~7UL, end = baseOf(thread.StackPointer);
        if (start == 0 || end <= start) yield break;
        byte[] words = ArrayPool<byte>.Shared.Rent(BytesPerRead);
        try
        {
            for (ulong from = start; from < end; from += BytesPerRead)
            {
                int wanted = (int)Math.Min(BytesPerRead, end - from);
                int got = read(from, words.AsSpan(0, wanted));
                for (int i = 0; i + sizeof(ulong) <= got; i += sizeof(ulong))
                {
                    ulong word = BitConverter.ToUInt64(words, i);
                    if (IsReference(word))
                        yield return new HeapRoot(RootKind.Stack, from + (ulong)i, word, thread.ThreadId);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(words);
        }

        foreach (ulong register in thread.Registers)
        {
            if (IsReference(register)) yield return new HeapRoot(RootKind.Stack, 0, register, thread.ThreadId);
        }
    }

    private bool IsReference(ulong word) => word % sizeof(ulong) == 0 && segments.IndexOf(word) >= 0 && isObject(word);
}

using System.Buffers.Binary;

namespace LifetimeMonitoring.Tests.Heap;

/// <summary>Memory with the contents that a test writes; other addresses cannot be read.</summary>
internal sealed class FakeMemory
{
    private readonly SortedDictionary<ulong, byte> _bytes = [];

    public FakeMemory Word(ulong address, ulong value)
    {
        byte[] bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        for (int i = 0; i < bytes.Length; i++) _bytes[address + (ulong)i] = bytes[i];
        return this;
    }

    /// <summary>
    /// A method table: flags and base size in its first word, and below it the GCDesc, upwards in memory.
    /// </summary>
    public FakeMemory MethodTable(ulong address, uint flags, uint baseSize, params long[] descriptor)
    {
        Word(address, flags | ((ulong)baseSize << 32));
        for (int i = 0; i < descriptor.Length; i++) Word(address - ((ulong)(descriptor.Length - i) * sizeof(ulong)), (ulong)descriptor[i]);
        return this;
    }

    public int Read(ulong address, Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            if (!_bytes.TryGetValue(address + (ulong)i, out buffer[i])) return i;
        }

        return buffer.Length;
    }
}

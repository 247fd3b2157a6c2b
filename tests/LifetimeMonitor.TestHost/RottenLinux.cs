using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LifetimeMonitoring.TestHost;

/// <summary>Kinds of memory corruption.</summary>
internal enum Rot
{
    Zeros,
    FlippedBits,
    Noise,
    Cycles,
    AbsurdLengths,
}

/// <summary>
/// The real system calls, except that the search reads a corrupted heap. (The runtime's debugging component reads
/// smaller pieces, without corruption: it may not survive that.)
/// </summary>
internal sealed class RottenLinux(Rot rot, int seed) : RealLinux
{
    private const int SmallestBlock = 64 * 1024; // The search reads this size at once; the program's metadata is half of it.
#pragma warning disable CA5394 // The same seed must give the same corruption.
    private readonly Random _random = new(seed);

    public bool WasHit { get; private set; }

    public override nint Read(int processId, SafeFileHandle memory, ulong address, Span<byte> buffer)
    {
        nint read = base.Read(processId, memory, address, buffer);
        if (read < SmallestBlock) return read;
        WasHit = true;
        Spoil(address, MemoryMarshal.Cast<byte, ulong>(buffer[..(int)read]));
        return read;
    }

    private void Spoil(ulong address, Span<ulong> words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = rot switch
            {
                Rot.Zeros => 0,
                Rot.FlippedBits => _random.Next(64) == 0 ? words[i] ^ (1UL << _random.Next(48)) : words[i],
                Rot.Noise => _random.Next(8) == 0 ? (ulong)_random.NextInt64() : words[i],
                // A pointer into the neighborhood becomes a pointer to a random word of this block.
                Rot.Cycles => words[i] >> 32 == address >> 32 ? address + (ulong)(_random.Next(words.Length) * sizeof(ulong)) : words[i],
                // A length is a small number.
                _ => words[i] is > 0 and < 0x10000 ? int.MaxValue - (ulong)_random.Next(3) : words[i],
            };
        }
    }
#pragma warning restore CA5394
}

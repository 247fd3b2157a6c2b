using System.Runtime.InteropServices;
using LifetimeMonitor.Snapshots.Clone;

namespace LifetimeMonitor.TestHost;

/// <summary>What can be wrong with memory.</summary>
internal enum Rot
{
    Zeros,
    FlippedBits,
    Noise,
    Cycles,
    AbsurdLengths,
}

/// <summary>
/// The real system calls, but the heap that the search reads is rotten. (What the runtime's debugging component reads, in smaller
/// pieces, is not: nobody can promise that it survives that.)
/// </summary>
internal sealed unsafe class RottenLinux(Rot rot, int seed) : ILinux
{
    private const int SmallestBlock = 64 * 1024; // What the search reads at once; this program's own metadata is half of that.
    private readonly LinuxCalls _real = new();
#pragma warning disable CA5394 // The same rot for the same seed is what is wanted.
    private readonly Random _random = new(seed);

    public bool WasHit { get; private set; }

    public int Clone(CloneRequest* request) => _real.Clone(request);

    public int Kill(int processId) => _real.Kill(processId);

    public int Reap(int processId, bool wait) => _real.Reap(processId, wait);

    public IReadOnlyList<string> ReadLines(string file) => _real.ReadLines(file);

    public nint AllocateForever(nint length) => _real.AllocateForever(length);

    public nint AllocateShared(nint length) => _real.AllocateShared(length);

    public void FreeShared(nint memory, nint length) => _real.FreeShared(memory, length);

    public bool IsAlive(int processId) => _real.IsAlive(processId);

    public void Sleep(int* word, int value, TimeSpan limit) => _real.Sleep(word, value, limit);

    public void Wake(int* word) => _real.Wake(word);

    public nint Read(int processId, ulong address, Span<byte> buffer)
    {
        nint read = _real.Read(processId, address, buffer);
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
                // Whatever points into the neighbourhood points back to where one begins.
                Rot.Cycles => words[i] >> 32 == address >> 32 ? address + (ulong)(_random.Next(words.Length) * sizeof(ulong)) : words[i],
                // A length is a small number.
                _ => words[i] is > 0 and < 0x10000 ? int.MaxValue - (ulong)_random.Next(3) : words[i],
            };
        }
    }
#pragma warning restore CA5394
}

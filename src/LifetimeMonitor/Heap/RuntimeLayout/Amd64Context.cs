using System.Buffers.Binary;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>The part of the AMD64 CONTEXT that holds a thread's position: its registers.</summary>
internal static class Amd64Context
{
    public const int Size = 1232;
    public const uint All = 0x10000b; // CONTEXT_AMD64 | CONTROL | INTEGER | FLOATING_POINT
    private const int ContextFlags = 48;
    private const int StackPointer = 152;
    private const int InstructionPointer = 248;

    // The offsets in the CONTEXT of r8..r15, rdi, rsi, rbp, rbx, rdx, rax and rcx, in the kernel's order.
    private static ReadOnlySpan<short> GeneralRegisters =>
        [184, 192, 200, 208, 216, 224, 232, 240, 176, 168, 160, 144, 136, 120, 128];

    public static void Write(Span<byte> context, uint flags, ThreadCapture thread)
    {
        for (int i = 0; i < Math.Min(thread.Registers.Length, GeneralRegisters.Length); i++)
            BinaryPrimitives.WriteUInt64LittleEndian(context[GeneralRegisters[i]..], thread.Registers[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(context[ContextFlags..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(context[StackPointer..], thread.StackPointer);
        BinaryPrimitives.WriteUInt64LittleEndian(context[InstructionPointer..], thread.InstructionPointer);
    }

    public static ThreadCapture Read(int threadId, ReadOnlySpan<byte> context)
    {
        ulong[] registers = new ulong[GeneralRegisters.Length];
        for (int i = 0; i < registers.Length; i++)
            registers[i] = BinaryPrimitives.ReadUInt64LittleEndian(context[GeneralRegisters[i]..]);
        return new ThreadCapture(
            threadId,
            ThreadActivity.Stopped,
            BinaryPrimitives.ReadUInt64LittleEndian(context[StackPointer..]),
            BinaryPrimitives.ReadUInt64LittleEndian(context[InstructionPointer..]),
            registers);
    }
}

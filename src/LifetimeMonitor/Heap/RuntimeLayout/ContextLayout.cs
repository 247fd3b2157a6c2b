using System.Buffers.Binary;
using System.Runtime.InteropServices;
using LifetimeMonitoring.Snapshots;

namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>Where the debugging component expects a thread's registers: the offsets in its CONTEXT.</summary>
/// <param name="Length">Its length, without the registers of later processors.</param>
/// <param name="All">The flags of control, integer and floating-point registers.</param>
/// <param name="Flags">The offset of the flags.</param>
/// <param name="StackPointer">The offset of the stack pointer.</param>
/// <param name="InstructionPointer">The offset of the instruction pointer.</param>
/// <param name="GeneralRegisters">The offsets of the others, in the order of the kernel's ucontext.</param>
internal sealed record ContextLayout(
    int Length,
    uint All,
    int Flags,
    int StackPointer,
    int InstructionPointer,
    int[] GeneralRegisters)
{
    /// <summary>Null when it is unknown.</summary>
    public static ContextLayout? OfThisProcessor { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Amd64(),
        Architecture.Arm64 => Arm64(),
        _ => null,
    };

    /// <summary>The general registers are r8 to r15, rdi, rsi, rbp, rbx, rdx, rax and rcx.</summary>
    public static ContextLayout Amd64() => new(
        Length: 1232,
        All: 0x10000b,
        Flags: 48,
        StackPointer: 152,
        InstructionPointer: 248,
        [184, 192, 200, 208, 216, 224, 232, 240, 176, 168, 160, 144, 136, 120, 128]);

    /// <summary>The general registers are x0 to x30.</summary>
    public static ContextLayout Arm64() => new(
        Length: 912,
        All: 0x400007,
        Flags: 0,
        StackPointer: 256,
        InstructionPointer: 264,
        [.. Enumerable.Range(0, 31).Select(register => 8 + (register * sizeof(ulong)))]);

    public void Write(Span<byte> context, uint flags, ThreadCapture thread)
    {
        for (int i = 0; i < Math.Min(thread.Registers.Length, GeneralRegisters.Length); i++)
            BinaryPrimitives.WriteUInt64LittleEndian(context[GeneralRegisters[i]..], thread.Registers[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(context[Flags..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(context[StackPointer..], thread.StackPointer);
        BinaryPrimitives.WriteUInt64LittleEndian(context[InstructionPointer..], thread.InstructionPointer);
    }

    public ThreadCapture Read(int threadId, ReadOnlySpan<byte> context)
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

using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A frame on a stack that runs a managed method.</summary>
internal sealed class DacFrame
{
    private readonly ClrMethod _method;
    private readonly ulong _next;

    private DacFrame(ClrMethod method, ulong next) => (_method, _next) = (method, next);

    public DacMethod Method => new(_method);

    /// <summary>
    /// The offset of the current instruction in intermediate language; negative if not known. The DAC takes up to a
    /// tenth of a second to find it.
    /// </summary>
    // The address is that of the next instruction; the instruction before it made the call.
    public int Place() => _method.GetILOffset(_next - 1);

    public static DacFrame? Of(ClrStackFrame? frame) =>
        frame?.Method is { } method ? new DacFrame(method, frame.InstructionPointer) : null;
}

using Microsoft.Diagnostics.Runtime;

namespace LifetimeMonitoring.Heap.Dac;

/// <summary>A frame on a stack that runs a managed method.</summary>
internal sealed class DacFrame
{
    private readonly ClrMethod _method;
    private readonly ulong _code;

    private DacFrame(ClrMethod method, ulong code) => (_method, _code) = (method, code);

    public DacMethod Method => new(_method);

    /// <summary>
    /// The offset of the current instruction in intermediate language; negative if not known. The DAC takes up to a
    /// tenth of a second to find it.
    /// </summary>
    public int Place() => _method.GetILOffset(_code);

    // The address is that of the next instruction; the instruction before it made the call.
    public static DacFrame? Of(ClrStackFrame? frame) =>
        frame?.Method is { } method ? new DacFrame(method, frame.InstructionPointer - 1) : null;

    /// <summary>The place of an instruction.</summary>
    // ClrMD counts the first address after a range as the range's own.
    public static DacFrame? Of(ClrMethod? method, ulong code) =>
        method is null ? null : new DacFrame(method, code + 1);
}

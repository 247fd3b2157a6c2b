using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace LifetimeMonitor.Heap.Metadata;

/// <summary>
/// Finds in the code of a state machine where it enters a state: <c>ldc.i4 state</c>, at once or after storing a copy in a
/// local, followed by <c>stfld &lt;&gt;1__state</c>. The symbols then tell the line of the await or yield there.
/// </summary>
internal static class StateMachineCode
{
    private const int TwoByteOpCode = 0xFE;
    private const int InstructionsBetween = 3; // dup, stloc
    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => (int)(ushort)o.Value);

    public static int? OffsetOf(int state, BlobReader code, Func<int, bool> isStateField)
    {
        var recent = new Queue<int?>(); // the constants that the last instructions loaded
        while (code.RemainingBytes > 0)
        {
            int offset = code.Offset;
            int number = code.ReadByte();
            if (number == TwoByteOpCode) number = (number << 8) | code.ReadByte();
            if (!s_opCodes.TryGetValue(number, out OpCode instruction)) return null;
            int? constant = Constant(instruction, ref code, out int operand);
            if (instruction == OpCodes.Stfld && isStateField(operand) && recent.Contains(state)) return offset;
            recent.Enqueue(constant);
            if (recent.Count > InstructionsBetween) _ = recent.Dequeue();
        }

        return null;
    }

    private static int? Constant(OpCode instruction, ref BlobReader code, out int operand)
    {
        operand = 0;
        switch (instruction.OperandType)
        {
            case OperandType.InlineNone:
                int small = instruction.Value - OpCodes.Ldc_I4_0.Value;
                return small is >= -1 and <= 8 ? small : null;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                sbyte value = code.ReadSByte();
                return instruction == OpCodes.Ldc_I4_S ? value : null;
            case OperandType.InlineVar:
                _ = code.ReadInt16();
                return null;
            case OperandType.InlineI8 or OperandType.InlineR:
                _ = code.ReadInt64();
                return null;
            case OperandType.InlineSwitch:
                int targets = code.ReadInt32();
                code.Offset += targets * sizeof(int);
                return null;
            default:
                operand = code.ReadInt32();
                return instruction == OpCodes.Ldc_I4 ? operand : null;
        }
    }
}

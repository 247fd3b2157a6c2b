using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace LifetimeMonitoring.Heap.Metadata;

/// <summary>One instruction of a method's body.</summary>
/// <param name="Offset">Its offset in the body.</param>
/// <param name="Code">Its opcode.</param>
/// <param name="Operand">The number, token or distance that it takes; 0 for none and for other operands.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, int Operand)
{
    /// <summary>The 32-bit integer that it loads; null when it loads none.</summary>
    public int? Constant => (Code.Value - OpCodes.Ldc_I4_0.Value) switch
    {
        var small and >= -1 and <= 8 => small,
        _ when Code == OpCodes.Ldc_I4 || Code == OpCodes.Ldc_I4_S => Operand,
        _ => null,
    };

    /// <summary>The operand is the token of a field, a method or a type.</summary>
    public bool HasToken => Code.OperandType is OperandType.InlineField or OperandType.InlineMethod
        or OperandType.InlineTok or OperandType.InlineType;
}

/// <summary>Reads a method's body, instruction by instruction (ECMA-335, III).</summary>
internal static class Instructions
{
    private const int TwoByteOpCode = 0xFE;
    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => (int)(ushort)o.Value);

    /// <summary>The instructions in order, up to the first invalid one.</summary>
    public static IEnumerable<Instruction> In(BlobReader code)
    {
        while (code.RemainingBytes > 0)
        {
            int offset = code.Offset;
            int number = code.ReadByte();
            if (number == TwoByteOpCode) number = (number << 8) | code.ReadByte();
            if (!s_opCodes.TryGetValue(number, out OpCode instruction)) yield break;
            yield return new Instruction(offset, instruction, Operand(instruction, ref code));
        }
    }

    private static int Operand(OpCode instruction, ref BlobReader code)
    {
        switch (instruction.OperandType)
        {
            case OperandType.InlineNone:
                return 0;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                return code.ReadSByte();
            case OperandType.InlineVar:
                return code.ReadInt16();
            case OperandType.InlineI8 or OperandType.InlineR:
                _ = code.ReadInt64();
                return 0;
            case OperandType.InlineSwitch:
                int targets = code.ReadInt32();
                code.Offset += targets * sizeof(int);
                return 0;
            default:
                return code.ReadInt32();
        }
    }
}

using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace LifetimeMonitoring.Heap.Metadata;

/// <summary>
/// Finds the place in a state machine's code that enters a state: <c>ldc.i4 state</c>, at once or after storing a copy
/// in a local, followed by <c>stfld &lt;&gt;1__state</c>. The symbols then give the line of the await or yield there.
/// </summary>
internal static class StateMachineCode
{
    private const int InstructionsBetween = 3; // dup, stloc

    public static int? OffsetOf(int state, BlobReader code, Func<int, bool> isStateField)
    {
        var recent = new Queue<int?>(); // the constants loaded by the last instructions
        foreach (Instruction instruction in Instructions.In(code))
        {
            if (instruction.Code == OpCodes.Stfld && isStateField(instruction.Operand) && recent.Contains(state))
                return instruction.Offset;
            recent.Enqueue(instruction.Constant);
            if (recent.Count > InstructionsBetween) _ = recent.Dequeue();
        }

        return null;
    }
}

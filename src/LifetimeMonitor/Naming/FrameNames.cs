using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.Stacks;

namespace LifetimeMonitoring.Naming;

/// <summary>Names the method a stack root belongs to.</summary>
internal static class FrameNames
{
    private static readonly string? s_ours = typeof(FrameNames).Assembly.GetName().Name;

    public static FrameName? Of(HeapFrame? frame)
    {
        if (frame is null) return null;
        ModuleMetadata module = frame.Method.Type.Module;
        SourceLine? line = frame.Offset < 0 ? null : module.Lines?.At(frame.Method.Token, frame.Offset);
        return new FrameName(
            MethodFormatter.Of(frame.Method),
            line is null ? "" : $" ({(module.IsOptimized ? "near " : "")}{line.File}:{line.Line})",
            line,
            TestMethods.IsTest(module, frame.Method.Token),
            IsOurs: module.Name == s_ours);
    }
}

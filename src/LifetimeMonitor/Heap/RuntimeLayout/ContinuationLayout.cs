namespace LifetimeMonitoring.Heap.RuntimeLayout;

/// <summary>How .NET 11 keeps an async method that it suspended itself (runtime async). It publishes this layout.</summary>
/// <param name="Parent">The method table from which it derives one for each layout of variables.</param>
/// <param name="ClassVariable">The address of the runtime's variable with the class that these method tables share.</param>
/// <param name="ResumeInfo">The offset, in the object, of the address of the place's data.</param>
/// <param name="DiagnosticIP">The offset, in that data, of the address of the instruction.</param>
internal sealed record ContinuationLayout(ulong Parent, ulong ClassVariable, int ResumeInfo, int DiagnosticIP)
{
    /// <summary>The layout of this process's runtime, looked up on first use.</summary>
    public static Lazy<ContinuationLayout?> OfThisRuntime { get; } = new(() => From(ContractDescriptor.OfThisRuntime));

    /// <summary>Null when the runtime does not publish it.</summary>
    public static ContinuationLayout? From(ContractDescriptor? runtime) =>
        runtime?.Pointer("ContinuationSingletonEEClass") is { } classVariable
        && runtime.Offset("ContinuationObject", "ResumeInfo") is { } resumeInfo
        && runtime.Offset("AsyncResumeInfo", "DiagnosticIP") is { } diagnosticIP
        && Type.GetType("System.Runtime.CompilerServices.Continuation, System.Private.CoreLib") is { } parent
            ? new ContinuationLayout((ulong)parent.TypeHandle.Value, classVariable, resumeInfo, diagnosticIP)
            : null;
}

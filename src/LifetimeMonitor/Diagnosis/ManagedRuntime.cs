using System.Runtime;

namespace LifetimeMonitoring.Diagnosis;

/// <summary>Distinguishes the .NET runtime, whose heap the DAC understands, from a NativeAOT application.</summary>
internal static class ManagedRuntime
{
    /// <summary>The reason why a NativeAOT application has no paths.</summary>
    public const string Native =
        "a NativeAOT application has no debugging component that understands its heap; run the tests on the .NET "
        + "runtime";

    /// <summary>
    /// Whether code is compiled while the program runs. The support for dynamic code does not tell: a program to be
    /// published as native code already sees no support when it runs on the runtime, and so does every
    /// <c>dotnet run app.cs</c>. Each method that begins a search reads this property itself: the native compiler
    /// replaces it by a constant (ILLink.Substitutions.xml), and leaves out all code behind it.
    /// </summary>
    public static bool IsHere => JitInfo.GetCompiledMethodCount() > 0;
}

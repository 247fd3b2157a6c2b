using System.Runtime;

namespace LifetimeMonitor.Diagnosis;

/// <summary>Tells the .NET runtime, whose debugging component understands its heap, from a NativeAOT application.</summary>
internal static class ManagedRuntime
{
    /// <summary>Why a NativeAOT application has no paths.</summary>
    public const string Native = "a NativeAOT application has no debugging component that understands its heap; run the tests on the .NET runtime";

    /// <summary>
    /// Something is compiled while the program runs. Whether dynamic code is supported does not tell: a program that shall be published as native code is told that it is
    /// not already when it runs on the runtime, and so is every <c>dotnet run app.cs</c>. Who begins a search asks for it itself: when native code is made the answer is
    /// put in its place (ILLink.Substitutions.xml), and all that is behind it is left out.
    /// </summary>
    public static bool IsHere => JitInfo.GetCompiledMethodCount() > 0;
}

using LifetimeMonitoring.Heap.Metadata;
using LifetimeMonitoring.Heap.Types;

namespace LifetimeMonitoring.Naming;

/// <summary>Recognizes the methods of test frameworks by their attributes.</summary>
internal static class TestMethods
{
    private static readonly HashSet<string> s_attributes =
    [
        "FactAttribute", "TheoryAttribute", // xunit
        "TestAttribute", "TestCaseAttribute", "TestCaseSourceAttribute", // NUnit, TUnit
        "TestMethodAttribute", "DataTestMethodAttribute", "STATestMethodAttribute", // MSTest
    ];

    private static readonly string[] s_assemblies =
        [
            "xunit.core",
            "xunit.execution",
            "xunit.runner",
            "xunit.v3.",
            "nunit.framework",
            "nunit.engine",
            "NUnit3.TestAdapter",
            "MSTest.Test",
            "MSTestAdapter",
            "Microsoft.VisualStudio.TestPlatform",
            "Microsoft.TestPlatform",
            "Microsoft.Testing.",
            "TUnit.Core",
            "TUnit.Engine",
        ];

    // Its types derive from the test runners of xunit v2.
    private const string OurRunner = "LifetimeMonitor.Xunit";

    /// <summary>Whether a type belongs to a test framework.</summary>
    public static bool IsFrameworks(TypeFacts? type) =>
        type?.Type.Module.Name is { } name
        && (name == OurRunner || Array.Exists(s_assemblies, a => name.StartsWith(a, StringComparison.Ordinal)));

    public static bool IsTest(ModuleMetadata module, int methodToken) =>
        module.Attributes(methodToken).Any(s_attributes.Contains);

    /// <summary>Whether a type has test methods.</summary>
    public static bool IsTestClass(HeapType type) =>
        type.Module.Methods(type.Token).Any(m => IsTest(type.Module, m));

    /// <summary>Whether a compiler-generated type belongs to a test method.</summary>
    public static bool IsForTest(TypeFacts made)
    {
        ModuleMetadata module = made.Type.Module;
        int declaring = module.DeclaringType(made.Type.Token);
        return made.Made is { Inner.Length: > 0 } name
            && declaring != 0
            && module.MethodToken(declaring, name.Inner) is not 0 and var method
            && IsTest(module, method);
    }
}

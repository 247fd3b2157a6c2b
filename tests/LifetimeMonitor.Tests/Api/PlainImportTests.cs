using LifetimeMonitoring.Reports;
using InFSharp = LifetimeMonitoring.Tests.FSharp.PlainImport;
using InVisualBasic = LifetimeMonitoring.Tests.VisualBasic.PlainImport;

namespace LifetimeMonitoring.Tests.Api;

/// <summary>The plain import of one namespace is enough, in each language. In Visual Basic names that differ by case alone are one name.</summary>
public sealed class PlainImportTests
{
    [Fact]
    public void Visual_Basic_proves_that_an_object_is_dead() => InVisualBasic.AssertThatADroppedObjectIsDead();

    [Fact]
    public void Visual_Basic_reads_the_holder_of_an_object() => AssertShowsTheField(InVisualBasic.CheckAHeldObject());

    [Fact]
    public void FSharp_proves_that_an_object_is_dead() => InFSharp.assertThatADroppedObjectIsDead();

    [Fact]
    public void FSharp_reads_the_holder_of_an_object() => AssertShowsTheField(InFSharp.checkAHeldObject());

    [Fact]
    public void No_namespace_has_the_name_of_the_class() => Assert.DoesNotContain(
        typeof(LifeTimeMonitor).Assembly.GetExportedTypes(),
        t => t.Namespace!.Split('.').Contains(nameof(LifeTimeMonitor), StringComparer.OrdinalIgnoreCase));

    private static void AssertShowsTheField(LifetimeReport report)
    {
        Assert.Equal(LifetimeVerdict.Retained, report.Verdict);
        Assert.Contains("held", report.Paths[0].Root, StringComparison.Ordinal);
    }
}

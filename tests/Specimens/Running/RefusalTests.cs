namespace LifetimeMonitoring.Specimens;

/// <summary>
/// The compiler refuses an assertion on an object itself, which would hold it, and shows the right form.
/// </summary>
/// <param name="specimen">A specimen of the framework.</param>
/// <param name="usings">The usings of such a project.</param>
/// <param name="refused">The assertion, given a new <c>Dialog</c>.</param>
/// <param name="accepted">The assertion, given a monitor of one.</param>
public abstract class RefusalTests(OrdinaryRun specimen, string usings, string refused, string accepted)
{
    [Fact]
    public void An_object_itself_is_refused_with_advice() => IsRefused(refused);

    [Fact]
    public void The_code_in_the_advice_compiles() => Assert.Empty(Compiler.Errors(specimen.Assembly, usings, accepted));

    private protected void IsRefused(string line)
    {
        string error = Assert.Single(Compiler.Errors(specimen.Assembly, usings, line));

        Assert.StartsWith("CS0619: ", error, StringComparison.Ordinal);
        Assert.Contains("An assertion that is given the object itself holds it.", error, StringComparison.Ordinal);
        Assert.Contains("LifeTimeMonitor.Track(() => new Dialog())", error, StringComparison.Ordinal);
    }
}

namespace LifetimeMonitoring.NUnit.Tests;

/// <summary>The live objects at the end of a test are those in the documentation.</summary>
public sealed class AliveTests(ClaimsSpecimen run)
{
    [Theory]
    [InlineData("NUnit", "Lives")]
    [InlineData("NUnit, an instance for each test", "LivesOfAnInstanceEach")]
    public void The_documentation_says_which_objects_are_alive_when(string column, string @class) => AliveTable.Agrees(column, run, @class);
}

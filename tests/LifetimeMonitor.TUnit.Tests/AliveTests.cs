namespace LifetimeMonitor.TUnit.Tests;

/// <summary>What is still alive when a test is over, as the documentation says.</summary>
public sealed class AliveTests(OrdinarySpecimen run)
{
    [Theory]
    [InlineData("TUnit", "Lives")]
    public void The_documentation_says_what_is_alive_when(string column, string @class) => AliveTable.Agrees(column, run, @class);
}

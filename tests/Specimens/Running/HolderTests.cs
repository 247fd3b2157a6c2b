namespace LifetimeMonitoring.Specimens;

/// <summary>Objects that the framework or the test itself holds: each path has a sentence that says so.</summary>
/// <param name="run">Has the tests of the table of <c>docs/reference/frameworks.md</c>.</param>
public abstract class HolderTests(SpecimenRun run)
{
    private static readonly string[] s_sentences =
    [
        "The test framework holds ",
        "The test class's own field ",
        "A static field lives as long as the program: ",
    ];

    [Fact]
    public void Each_holder_is_reported_by_its_kind() => Assert.All(
        run.Of("Lives").Where(r => r.Outcome == "Failed"),
        r => Assert.True(Array.Exists(s_sentences, s => Words(r).Contains(s, StringComparison.Ordinal)), r.Message));

    [Fact]
    public void An_argument_of_a_test_is_said_to_be_held_by_the_framework() => Expect.Shows(
        "The test framework holds it, as an argument or an instance of a test or as a fixture, until it is done " +
        "with its tests: make the Suspect in the test itself.",
        Words(run.Of("Lives").Single(r => r.Name.StartsWith("Lives.An_argument", StringComparison.Ordinal))));

    /// <summary>The message in one line, without its wrapping.</summary>
    private protected static string Words(SpecimenResult result) =>
        string.Join(' ', result.Message.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

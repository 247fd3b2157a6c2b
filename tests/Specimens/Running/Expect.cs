namespace LifetimeMonitoring.Specimens;

/// <summary>Assertions on a result, for any framework.</summary>
internal static class Expect
{
    public const string Headline = "Suspect is still alive, held by ";

    private const string Tracked = "\n  Specimens.Suspect, tracked as `";
    private const string KeptByAStatic = "\n  static field Specimens.Suspect.s_kept  ";

    public static void Passed(SpecimenResult result) => Assert.Equal(("Passed", ""), (result.Outcome, result.Message));

    public static void Failed(SpecimenResult result, string beginning)
    {
        Assert.Equal("Failed", result.Outcome);
        Assert.StartsWith(beginning, result.Message, StringComparison.Ordinal);
    }

    /// <summary>The test failed with the path from a static field, and with nothing else.</summary>
    public static void Leak(SpecimenResult result, string before = "")
    {
        Failed(result, before + Headline);
        Shows(Tracked, result.Message);
        Shows(KeptByAStatic, result.Message);
        Shows("\n  Path: exact.", result.Message);
    }

    /// <summary>The test failed with its own message and, after it, with the leak.</summary>
    public static void OwnFailureAndLeak(SpecimenResult result, string own)
    {
        Assert.Equal("Failed", result.Outcome);
        int leak = result.Message.IndexOf(Headline, StringComparison.Ordinal);
        Assert.True(leak > 0, result.Message);
        Shows(own, result.Message[..leak]);
        Shows(KeptByAStatic, result.Message[leak..]);
    }

    // A failure here shows the whole report; its last line has the error.
    public static void Shows(string expected, string message) =>
        Assert.True(message.Contains(expected, StringComparison.Ordinal), message);

    /// <summary>The number of leaks by the static field in the message.</summary>
    public static int Leaks(SpecimenResult result) => result.Message.Split(KeptByAStatic).Length - 1;
}

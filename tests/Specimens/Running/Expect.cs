namespace LifetimeMonitor.Specimens;

/// <summary>What is expected of a result, whatever the framework.</summary>
internal static class Expect
{
    private const string KeptByAStatic = "\n  static field Specimens.Suspect.s_kept  ";

    public static void Passed(SpecimenResult result) => Assert.Equal(("Passed", ""), (result.Outcome, result.Message));

    public static void Failed(SpecimenResult result, string beginning)
    {
        Assert.Equal("Failed", result.Outcome);
        Assert.StartsWith(beginning, result.Message, StringComparison.Ordinal);
    }

    /// <summary>The test failed with the path to what a static field keeps, and with nothing else.</summary>
    public static void Leak(SpecimenResult result, string before = "")
    {
        Failed(result, before + "Specimens.Suspect (tracked as `");
        Shows(KeptByAStatic, result.Message);
        Shows("\n  Path: exact.", result.Message);
    }

    /// <summary>The test failed with its own message and, after it, with the leak.</summary>
    public static void OwnFailureAndLeak(SpecimenResult result, string own)
    {
        Assert.Equal("Failed", result.Outcome);
        int leak = result.Message.IndexOf("Specimens.Suspect (tracked as `", StringComparison.Ordinal);
        Assert.True(leak > 0, result.Message);
        Shows(own, result.Message[..leak]);
        Shows(KeptByAStatic, result.Message[leak..]);
    }

    // A failure here shows the whole report: what is wrong with it is in its last line.
    public static void Shows(string expected, string message) =>
        Assert.True(message.Contains(expected, StringComparison.Ordinal), message);

    /// <summary>How many leaks by the static field are in the message.</summary>
    public static int Leaks(SpecimenResult result) => result.Message.Split(KeptByAStatic).Length - 1;
}

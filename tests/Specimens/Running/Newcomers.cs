namespace LifetimeMonitor.Specimens;

/// <summary>What every newcomer sees, whatever the framework: see <c>Specimens/Newcomers</c>.</summary>
internal static class Newcomers
{
    /// <summary>Only the package was added, and the tests were written.</summary>
    public static void WorkWithThePackageAlone(SpecimenRun run)
    {
        Expect.Passed(run["DialogTests.A_closed_dialog_is_collected"]);
        Expect.Passed(run["DialogTests.A_new_dialog_is_collected"]);
        IsForgotten(run["DialogTests.A_forgotten_dialog_is_collected"]);
    }

    /// <summary>All that the package does in the project is switched off, and written by hand.</summary>
    public static void WorkSwitchedOff(SpecimenRun run)
    {
        Expect.Passed(run["SwitchedOffTests.The_name_is_free"]);
        IsForgotten(run["SwitchedOffTests.By_hand_it_works"]);
    }

    private static void IsForgotten(SpecimenResult result)
    {
        Assert.Equal("Failed", result.Outcome);
        Expect.Shows("Newcomers.Dialog (tracked as `new Dialog()` at ", result.Message);
        Expect.Shows(
            "  static field Newcomers.Settings.Current                            root\n"
            + "  │   Newcomers.Settings\n"
            + "  ├─ event Changed += Dialog.OnSettingsChanged\n",
            result.Message);
        Expect.Shows("  Path: exact.", result.Message);
    }
}

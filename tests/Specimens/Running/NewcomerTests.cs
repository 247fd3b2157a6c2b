namespace LifetimeMonitoring.Specimens;

/// <summary>The effect of the package in an unchanged new project: see <c>Specimens/Newcomers</c>.</summary>
/// <param name="newcomer">A project with the package and the tests added.</param>
/// <param name="switchedOff">A project with all effects of the package switched off and written by hand.</param>
public abstract class NewcomerTests(SpecimenRun newcomer, SpecimenRun switchedOff)
{
    [Fact]
    public void The_package_alone_is_enough() => IsEnough(newcomer);

    [Fact]
    public void Switched_off_it_can_be_written_by_hand()
    {
        Expect.Passed(switchedOff["SwitchedOffTests.The_name_is_free"]);
        IsForgotten(switchedOff["SwitchedOffTests.By_hand_it_works"]);
    }

    private protected static void IsEnough(SpecimenRun run)
    {
        Expect.Passed(run["DialogTests.A_closed_dialog_is_collected"]);
        Expect.Passed(run["DialogTests.A_new_dialog_is_collected"]);
        IsForgotten(run["DialogTests.A_forgotten_dialog_is_collected"]);
    }

    private static void IsForgotten(SpecimenResult result)
    {
        Assert.Equal("Failed", result.Outcome);
        Expect.Shows("\n  Newcomers.Dialog, tracked as `new Dialog()` at ", result.Message);
        Expect.Shows(
            "  static field Newcomers.Settings.Current                            root\n"
            + "  │   Newcomers.Settings\n"
            + "  ├─ event Changed += Dialog.OnSettingsChanged\n",
            result.Message);
        Expect.Shows("  Path: exact.", result.Message);
    }
}

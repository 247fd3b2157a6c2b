namespace LifetimeMonitoring.Specimens;

/// <summary>The attribute with types and its other settings: the same in every framework.</summary>
public abstract class OfTypesTests(SpecimenRun run)
{
    private const string Dialog = "Specimens.Dialog";

    [Theory]
    [InlineData("One_is_kept", Dialog)]
    [InlineData("Another_is_kept_and_blamed_alone", Dialog)]
    [InlineData("One_of_an_open_type_is_kept", Dialog + "<int>")]
    [InlineData("One_of_a_derived_type_is_kept", Dialog + "<string>")]
    public void An_instance_that_the_test_left_alive_fails_it_with_the_path(string test, string type)
    {
        SpecimenResult result = run["OfTypes." + test];

        Assert.Equal("Failed", result.Outcome);
        Expect.Shows($"\n  {type}.\n", result.Message);
        Expect.Shows($"\n  static field {Dialog}.s_open  ", result.Message);
        Assert.DoesNotContain("objects are still alive", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_instance_from_before_the_test_is_not_blamed() => Expect.Passed(run["OfTypes.None_is_kept"]);

    [Theory]
    [InlineData("OfTypes.A_type_that_cannot_be_watched", "[MustBeCollected] cannot watch instances of int: only of classes and interfaces")]
    [InlineData(
        "Settings.A_known_holder_has_no_reason",
        "[MustBeCollected(KnownHolders = [\"no reason\"])] gives no reason: write \"Namespace.Type.field: reason\".")]
    [InlineData("Settings.The_time_budget_makes_no_sense", "[MustBeCollected(TimeBudgetSeconds = -1)]: a check needs time")]
    public void A_mistake_on_the_attribute_fails_the_test_and_is_named(string test, string message)
    {
        Assert.Equal("Failed", run[test].Outcome);
        Expect.Shows(message, run[test].Message);
    }

    [Fact]
    public void A_claim_that_is_skipped_lets_the_test_pass_and_says_why_in_its_output()
    {
        SpecimenResult result = run["Settings.The_claim_is_skipped"];

        Expect.Passed(result);
        Expect.Shows("[MustBeCollected] was not checked: issue 12", result.Output);
    }

    [Fact]
    public void A_known_holder_excuses_the_object_and_is_named_in_the_output()
    {
        SpecimenResult result = run["Settings.The_holder_is_known"];

        Expect.Passed(result);
        Expect.Shows("[MustBeCollected] passed, although Specimens.Suspect (tracked as ", result.Output);
        Expect.Shows(
            " is still alive: the known holder Specimens.Suspect.s_kept holds it (the cache of issue 12).", result.Output);
    }

    [Fact]
    public void A_claim_that_is_not_inherited_is_not_one_of_a_derived_class() =>
        Expect.Passed(run["Settings.The_base_keeps_its_claim_to_itself"]);

    [Fact]
    public void The_report_goes_with_the_result() => GoesWith(run["OnMethods.A_static_field_holds_it"]);

    /// <summary>If the framework takes attachments, the report is one.</summary>
    private protected virtual void GoesWith(SpecimenResult result) =>
        Assert.StartsWith("lifetime-report", Path.GetFileName(Assert.Single(result.Attachments)), StringComparison.Ordinal);
}

namespace XunitSpecimen;

[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// The attribute with types. Such a test runs alone by itself, although other tests make the same types all the time.
/// </summary>
public sealed class OfTypes
{
    [Fact, MustBeCollected(typeof(Dialog))]
    public void One_is_kept() => Dialog.MakeAndKeep();

    [Fact, MustBeCollected(typeof(Dialog))]
    public void Another_is_kept_and_blamed_alone() => Dialog.MakeAndKeep();

    [Fact, MustBeCollected(typeof(Dialog))]
    public void None_is_kept() => Dialog.Make();

    [Fact, MustBeCollected(typeof(Dialog<>))]
    public void One_of_an_open_type_is_kept() => Dialog.Keep(new Dialog<int>());

    [Fact, MustBeCollected(typeof(Dialog))]
    public void One_of_a_derived_type_is_kept() => Dialog.Keep(new Dialog<string>());

    [Fact, MustBeCollected(typeof(int))]
    public void A_type_that_cannot_be_watched() => Dialog.Make();
}

/// <summary>The settings of the attribute.</summary>
[Collection("Alone")]
public sealed class Settings : ClaimsForItself
{
    [Fact, MustBeCollected(Skip = "issue 12")]
    public void The_claim_is_skipped() => Suspect.TrackAndKeep();

    [Fact, MustBeCollected(KnownHolders = ["Specimens.Suspect.s_kept: the cache of issue 12"])]
    public void The_holder_is_known() => Suspect.TrackAndKeep();

    [Fact, MustBeCollected(KnownHolders = ["no reason"])]
    public void A_known_holder_has_no_reason() => Suspect.Track();

    [Fact, MustBeCollected(TimeBudgetSeconds = -1)]
    public void The_time_budget_makes_no_sense() => Suspect.Track();

    [Fact]
    public void The_base_keeps_its_claim_to_itself() => Dialog.MakeAndKeep();
}

/// <summary>A claim that is not inherited.</summary>
[MustBeCollected(typeof(Dialog), Inherited = false)]
public abstract class ClaimsForItself;

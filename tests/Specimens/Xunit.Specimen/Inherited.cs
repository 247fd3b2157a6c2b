namespace XunitSpecimen;

[CollectionDefinition(nameof(Claimed)), MustBeCollected]
public sealed class Claimed;

/// <summary>The attribute on the definition of the collection.</summary>
[Collection(nameof(Claimed))]
public sealed class MemberOfClaimed
{
    [Fact]
    public void Nothing_is_tracked() => Assert.NotNull(LifetimeScope.Current);

    [Fact]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

[MustBeCollected]
public abstract class ClaimingBase;

/// <summary>The attribute on the base class.</summary>
public sealed class Derived : ClaimingBase
{
    [Fact]
    public void Nothing_is_tracked() => Assert.NotNull(LifetimeScope.Current);

    [Fact]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

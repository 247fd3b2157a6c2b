namespace TUnitSpecimen;

/// <summary>The attribute on a class: its tests may track nothing.</summary>
[MustBeCollected]
public sealed class OnAClass
{
    [Test]
    public async Task Nothing_is_tracked() => await Assert.That(LifetimeScope.Current).IsNotNull();

    [Test]
    public void It_dies() => Suspect.Track();

    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

[MustBeCollected]
public abstract class ClaimingBase;

/// <summary>The attribute on the base class.</summary>
public sealed class Derived : ClaimingBase
{
    [Test]
    public async Task Nothing_is_tracked() => await Assert.That(LifetimeScope.Current).IsNotNull();

    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

public abstract class TestsOfBase
{
    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

/// <summary>The attribute on the class that inherits the test.</summary>
[MustBeCollected, InheritsTests]
public sealed class Inheriting : TestsOfBase;

namespace NUnit.Claims.Specimen;

/// <summary>The attribute on a class: its tests may track nothing.</summary>
[MustBeCollected]
public sealed class OnAClass
{
    [Test]
    public void Nothing_is_tracked() => Assert.That(LifetimeScope.Current, Is.Not.Null);

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
    public void Nothing_is_tracked() => Assert.That(LifetimeScope.Current, Is.Not.Null);

    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

public abstract class TestsOfBase
{
    [Test]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

/// <summary>The attribute on the class that inherits the test.</summary>
[MustBeCollected]
public sealed class Inheriting : TestsOfBase;

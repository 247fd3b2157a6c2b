namespace MSTest.Specimen;

/// <summary>The attribute on a class: its tests may track nothing.</summary>
[TestClass, MustBeCollected]
public sealed class OnAClass
{
    [TestMethod]
    public void Nothing_is_tracked() => Assert.IsNotNull(LifetimeScope.Current);

    [TestMethod]
    public void It_dies() => Suspect.Track();

    [TestMethod]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

[MustBeCollected]
public abstract class ClaimingBase;

/// <summary>The attribute on the base class.</summary>
[TestClass]
public sealed class Derived : ClaimingBase
{
    [TestMethod]
    public void Nothing_is_tracked() => Assert.IsNotNull(LifetimeScope.Current);

    [TestMethod]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

public abstract class TestsOfBase
{
    [TestMethod]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();
}

/// <summary>The attribute on the class that inherits the test.</summary>
[TestClass, MustBeCollected]
public sealed class Inheriting : TestsOfBase;

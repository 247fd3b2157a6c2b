[assembly: MustBeCollected]
[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace MSTest.AssemblyLevel.Specimen;

/// <summary>The attribute on the assembly: all tests are covered, and may track nothing.</summary>
[TestClass]
public sealed class OnTheAssembly
{
    [TestMethod]
    public void Nothing_is_tracked() => Assert.IsNotNull(LifetimeScope.Current);

    [TestMethod]
    public void It_dies() => Suspect.Track();

    [TestMethod]
    public void A_static_field_holds_it() => Suspect.TrackAndKeep();

    [TestMethod, MustBeCollected]
    public void The_method_claims_more_and_tracks_nothing() => Assert.IsNotNull(LifetimeScope.Current);
}

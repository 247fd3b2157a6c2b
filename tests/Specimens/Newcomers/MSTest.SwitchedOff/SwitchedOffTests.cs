using LifetimeMonitoring.MSTest;
using Other;

namespace Other
{
    /// <summary>Without the usings of the package, the name is free.</summary>
    public sealed class LifetimeScope;
}

namespace Newcomers
{
    [LifetimeTestClass]
    public class SwitchedOffTests
    {
        [TestMethod]
        public void The_name_is_free() => Assert.IsNotNull(new LifetimeScope());

        [TestMethod, MustBeCollected]
        public void By_hand_it_works()
        {
            var dialog = LifetimeMonitoring.LifetimeScope.Track(new Dialog());
            dialog.Open();
        }
    }

    [TestClass]
    public class PlainTests
    {
        [TestMethod]
        public void TestClass_is_that_of_MSTest() => Assert.IsNull(LifetimeMonitoring.LifetimeScope.Current);

        [TestMethod, MustBeCollected]
        public void Nobody_can_check_a_claim() => Assert.Fail("It runs.");

        [TestMethod, MustBeCollected(Skip = "It runs.")]
        public void One_that_is_skipped_needs_nobody() => Assert.IsNull(LifetimeMonitoring.LifetimeScope.Current);
    }
}

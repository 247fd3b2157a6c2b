using LifetimeMonitor.MSTest;
using Other;

namespace Other
{
    /// <summary>The usings of the package are off: the name is free.</summary>
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
            var dialog = LifetimeMonitor.LifetimeScope.Current!.Track(new Dialog());
            dialog.Open();
        }
    }

    [TestClass]
    public class PlainTests
    {
        // Nothing watches it: [TestClass] is MSTest's own.
        [TestMethod, MustBeCollected]
        public void TestClass_is_that_of_MSTest() => Assert.IsNull(LifetimeMonitor.LifetimeScope.Current);
    }
}

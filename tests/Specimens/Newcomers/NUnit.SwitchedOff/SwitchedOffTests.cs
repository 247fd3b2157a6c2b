using LifetimeMonitoring.NUnit;
using Other;

namespace Other
{
    /// <summary>Without the usings of the package, the name is free.</summary>
    public sealed class LifetimeScope;
}

namespace Newcomers
{
    public class SwitchedOffTests
    {
        [Test]
        public void The_name_is_free() => Assert.That(new LifetimeScope(), Is.Not.Null);

        [Test, MustBeCollected]
        public void By_hand_it_works()
        {
            var dialog = LifetimeMonitoring.LifetimeScope.Track(new Dialog());
            dialog.Open();
        }
    }
}

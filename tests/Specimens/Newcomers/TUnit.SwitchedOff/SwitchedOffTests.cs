using LifetimeMonitoring.TUnit;
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
        public async Task The_name_is_free() => await Assert.That(new LifetimeScope()).IsNotNull();

        [Test, MustBeCollected]
        public void By_hand_it_works()
        {
            var dialog = LifetimeMonitoring.LifetimeScope.Track(new Dialog());
            dialog.Open();
        }
    }
}

using LifetimeMonitoring.XunitV3;
using Other;

[assembly: AssemblyFixture(typeof(LifetimeFixture))]

namespace Other
{
    /// <summary>Without the usings of the package, the name is free.</summary>
    public sealed class LifetimeScope;
}

namespace Newcomers
{
    public class SwitchedOffTests
    {
        [Fact]
        public void The_name_is_free() => Assert.NotNull(new LifetimeScope());

        [Fact, MustBeCollected]
        public void By_hand_it_works()
        {
            var dialog = LifetimeMonitoring.LifetimeScope.Track(new Dialog());
            dialog.Open();
        }
    }

    public class AttributeTests
    {
        [Fact]
        public void The_fixture_is_registered_by_hand_alone() =>
            Assert.Single(typeof(AttributeTests).Assembly.GetCustomAttributes(typeof(AssemblyFixtureAttribute), inherit: false));
    }
}

using LifetimeMonitoring.Xunit;
using Other;

// Twice in an assembly it would not compile.
[assembly: TestFramework("LifetimeMonitoring.Xunit.LifetimeTestFramework", "LifetimeMonitor.Xunit")]

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
}

using LifetimeMonitor.Xunit;
using Other;

// Twice in an assembly it would not compile.
[assembly: TestFramework("LifetimeMonitor.Xunit.LifetimeTestFramework", "LifetimeMonitor.Xunit")]

namespace Other
{
    /// <summary>The usings of the package are off: the name is free.</summary>
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
            var dialog = LifetimeMonitor.LifetimeScope.Current!.Track(new Dialog());
            dialog.Open();
        }
    }
}

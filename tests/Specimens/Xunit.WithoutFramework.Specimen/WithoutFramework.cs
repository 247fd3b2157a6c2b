namespace XunitWithoutFrameworkSpecimen;

/// <summary>The attribute in an assembly where no code evaluates it.</summary>
public sealed class WithoutFramework
{
    [Fact, MustBeCollected]
    public void On_a_method() => _ = Suspect.WatchAndKeep();

    [Fact]
    public void Without_the_attribute() => Assert.Null(LifetimeScope.Current);
}

[MustBeCollected]
public sealed class OnAClassWithoutFramework
{
    [Fact]
    public void On_a_class() => _ = Suspect.WatchAndKeep();
}

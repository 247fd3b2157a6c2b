namespace MSTest.Specimen;

/// <summary>The assertion in the style of MSTest.</summary>
[TestClass]
public sealed class Assertions
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void It_is_dead() => Assert.That.IsCollected(Suspect.Watch());

    [TestMethod]
    public void It_is_dead_when_the_assertion_made_it() => Assert.That.IsCollected(() => new Suspect());

    [TestMethod]
    public async Task Awaited_it_is_dead() =>
        await Assert.That.IsCollectedAsync(Suspect.Watch(), cancellationToken: TestContext.CancellationToken);

    [TestMethod]
    public void A_static_field_holds_it() => Assert.That.IsCollected(Suspect.WatchAndKeep());

    [TestMethod]
    public void A_static_field_holds_what_the_assertion_made() => Assert.That.IsCollected(() => new Suspect(), Suspect.Keep);

    [TestMethod]
    public async Task Awaited_a_static_field_holds_it() =>
        await Assert.That.IsCollectedAsync(Suspect.WatchAndKeep(), cancellationToken: TestContext.CancellationToken);

    [TestMethod]
    public void It_lives() => Assert.That.IsNotCollected(Suspect.WatchAndKeep());

    [TestMethod]
    public void It_is_dead_and_should_live() => Assert.That.IsNotCollected(Suspect.Watch());
}

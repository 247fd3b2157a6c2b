namespace NUnit.Specimen;

/// <summary>The constraint on delegates that make the object.</summary>
public sealed class Delegates
{
    [Test]
    public void It_is_dead() => Assert.That(() => new Suspect(), Is.Collected);

    [Test]
    public void It_is_dead_by_a_method_group() => Assert.That(Suspect.Make, Is.Collected);

    [Test]
    public void A_static_field_holds_it() => Assert.That(() => Suspect.MakeAndKeep(), Is.Collected);

    [Test]
    public void A_monitor_is_returned() => Assert.That(() => Suspect.Kept(), Is.Collected);

    [Test]
    public void A_captured_local_holds_it()
    {
        var suspect = new Suspect();
        Assert.That(() => suspect, Is.Collected);
    }

    [Test]
    public void Asynchronously_it_is_dead() => Assert.That(async () => await Suspect.MakeAsync(), Is.Collected);

    [Test]
    public void Asynchronously_a_static_field_holds_it() => Assert.That(async () => await Suspect.MakeAndKeepAsync(), Is.Collected);

    [Test]
    public async Task Awaited_it_is_dead() => await Assert.ThatAsync(async () => await Suspect.MakeAsync(), Is.Collected);

    [Test]
    public async Task Awaited_it_is_dead_at_once() => await Assert.ThatAsync(() => Task.FromResult(new Suspect()), Is.Collected);

    [Test]
    public async Task Awaited_a_static_field_holds_it() => await Assert.ThatAsync(Suspect.MakeAndKeepAsync, Is.Collected);

    [Test]
    public async Task Awaited_nothing_is_brought() => await Assert.ThatAsync(async () => await Task.Yield(), Is.Collected);
}

/// <summary>The same on a thread that pumps messages and must not block.</summary>
[SingleThreaded]
public sealed class SingleThreadedDelegates
{
    [Test]
    public void Asynchronously_it_is_dead() => Assert.That(async () => await Suspect.MakeAsync(), Is.Collected);

    [Test]
    public void Asynchronously_a_static_field_holds_it() => Assert.That(async () => await Suspect.MakeAndKeepAsync(), Is.Collected);
}

namespace MSTest.Specimen;

/// <summary>The check comes after the class was disposed and released.</summary>
[TestClass, MustBeCollected]
public sealed class Instances : IDisposable
{
    private readonly Suspect _suspect = LifetimeScope.Track(new Suspect());

    public Instances() => Source.Shared.Changed += OnChanged;

    public void Dispose() => Source.Shared.Changed -= OnChanged;

    [TestMethod]
    public void A_field_goes_with_its_instance()
    {
        LifetimeScope.Track(this);
        Assert.IsNotNull(_suspect);
    }

    [TestMethod]
    public async Task It_does_so_in_an_asynchronous_test()
    {
        await Task.Yield();
        Assert.IsNotNull(_suspect);
    }

    private void OnChanged(object? sender, EventArgs e) => Assert.IsNotNull(_suspect);
}

[TestClass, MustBeCollected]
public sealed class AsynchronousInstances : IAsyncDisposable
{
    private Suspect? _suspect;

    [TestInitialize]
    public async Task Initialize()
    {
        await Task.Yield();
        _suspect = LifetimeScope.Track(new Suspect());
        Source.Shared.Changed += OnChanged;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        Source.Shared.Changed -= OnChanged;
    }

    [TestMethod]
    public void A_field_goes_with_its_instance() => Assert.IsNotNull(_suspect);

    private void OnChanged(object? sender, EventArgs e) => Assert.IsNotNull(_suspect);
}

[TestClass, MustBeCollected]
public sealed class InstancesThatStay
{
    private readonly Suspect _suspect = LifetimeScope.Track(new Suspect());

    public InstancesThatStay() => Source.Shared.Changed += OnChanged;

    [TestMethod]
    public void An_event_holds_the_instance() => Assert.IsNotNull(_suspect);

    private void OnChanged(object? sender, EventArgs e) => Assert.IsNotNull(_suspect);
}

namespace XunitV3.Specimen;

/// <summary>The check comes after the class was disposed and released.</summary>
[MustBeCollected]
public sealed class Instances : IDisposable
{
    private readonly Suspect _suspect = LifetimeScope.Track(new Suspect());
    private readonly Source _source = Source.Shared;

    public Instances() => _source.Changed += OnChanged;

    public void Dispose() => _source.Changed -= OnChanged;

    [Fact]
    public void A_field_goes_with_its_instance()
    {
        LifetimeScope.Track(this);
        Assert.NotNull(_suspect);
    }

    [Fact]
    public async Task It_does_so_in_an_asynchronous_test()
    {
        await Task.Yield();
        Assert.NotNull(_suspect);
    }

    private void OnChanged(object? sender, EventArgs e) => Assert.NotNull(_suspect);
}

[MustBeCollected]
public sealed class AsynchronousInstances : IAsyncLifetime
{
    private Suspect? _suspect;

    public async ValueTask InitializeAsync()
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

    [Fact]
    public void A_field_goes_with_its_instance() => Assert.NotNull(_suspect);

    private void OnChanged(object? sender, EventArgs e) => Assert.NotNull(_suspect);
}

[MustBeCollected]
public sealed class InstancesThatStay
{
    private readonly Suspect _suspect = LifetimeScope.Track(new Suspect());

    public InstancesThatStay() => Source.Shared.Changed += OnChanged;

    [Fact]
    public void An_event_holds_the_instance() => Assert.NotNull(_suspect);

    private void OnChanged(object? sender, EventArgs e) => Assert.NotNull(_suspect);
}

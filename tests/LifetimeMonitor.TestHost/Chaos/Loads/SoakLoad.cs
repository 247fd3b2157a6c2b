namespace LifetimeMonitoring.TestHost.Chaos.Loads;

/// <summary>All loads of the soak at once.</summary>
internal sealed class SoakLoad : LoadElement
{
    private Load? _load;

    protected override string Parameters => "";

    public override void Start() => _load = new Load();

    public override void Stop() => _load?.Dispose();
}

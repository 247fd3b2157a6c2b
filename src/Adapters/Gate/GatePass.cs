namespace LifetimeMonitoring.Adapters;

/// <summary>The permission of one test to run; disposing it lets others in.</summary>
internal sealed class GatePass : IDisposable
{
    private readonly TestGate? _gate;
    private readonly GatePass? _outer;
    private volatile bool _isAlone;

    public GatePass(TestGate gate, bool isAlone) => (_gate, _isAlone) = (gate, isAlone);

    /// <summary>For a test within another one, which does not go through the gate.</summary>
    public GatePass(GatePass outer) => _outer = outer;

    /// <summary>Whether no other test of this package has run meanwhile.</summary>
    public bool IsAlone => _outer?.IsAlone ?? _isAlone;

    /// <summary>Another test did not wait any longer.</summary>
    public void EndAloneness() => _isAlone = false;

    public void Dispose() => _gate?.Leave(this);
}

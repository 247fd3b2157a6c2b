namespace LifetimeMonitoring.Adapters;

/// <summary>The permission of one test to run; disposing it lets others in.</summary>
/// <param name="gate">The gate to leave; null for a test within another one.</param>
/// <param name="isAlone">Whether no other test of this package runs meanwhile.</param>
internal sealed class GatePass(TestGate? gate, bool isAlone) : IDisposable
{
    public bool IsAlone { get; } = isAlone;

    public void Dispose() => gate?.Leave(this);
}

namespace LifetimeMonitor.TestHost.Chaos;

/// <summary>The ways to ask.</summary>
internal enum Form
{
    Check,
    AssertDead,
    CheckAsync,
    AssertDeadAsync,

    /// <summary>As <see cref="Check"/>, and a system call of it fails.</summary>
    WithFailingCall,
}

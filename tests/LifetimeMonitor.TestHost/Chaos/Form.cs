namespace LifetimeMonitoring.TestHost.Chaos;

/// <summary>The forms of a check.</summary>
internal enum Form
{
    Check,
    AssertDead,
    CheckAsync,
    AssertDeadAsync,

    /// <summary>As <see cref="Check"/>, with a failing system call.</summary>
    WithFailingCall,
}

namespace LifetimeMonitoring.TestHost.Chaos.Leaks;

/// <summary>An object with a known holder, for a lane of sequential checks.</summary>
internal abstract class Leak
{
    /// <summary>The maximum number of lanes.</summary>
    public const int Lanes = 3;

    /// <summary>The required report, once the leak was made.</summary>
    public abstract Expectation Expected { get; }

    /// <summary>Only the check itself holds the object, by a local variable.</summary>
    public virtual bool IsLocalOfCheck => false;

    /// <summary>Makes the object and its holder.</summary>
    public abstract LifeTimeMonitor Make();

    /// <summary>Releases the object, which must be dead then.</summary>
    public abstract void LetGo();

    /// <summary>Makes the object and checks it while it is held.</summary>
    public virtual Answer CheckWith(Func<LifeTimeMonitor, Answer> check) => check(Make());

    public override string ToString() => GetType().Name;
}

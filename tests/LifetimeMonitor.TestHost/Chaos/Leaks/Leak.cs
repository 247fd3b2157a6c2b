namespace LifetimeMonitor.TestHost.Chaos.Leaks;

/// <summary>An object that is held in a known way, for a lane of checks that run one after another.</summary>
internal abstract class Leak
{
    /// <summary>How many lanes there may be.</summary>
    public const int Lanes = 3;

    /// <summary>What must be said of it, once it was made.</summary>
    public abstract Expectation Expected { get; }

    /// <summary>Only the check itself holds the object, by a local variable.</summary>
    public virtual bool IsLocalOfCheck => false;

    /// <summary>Makes the object, and what holds it.</summary>
    public abstract LifeTimeMonitor Make();

    /// <summary>Lets go of the object: it must be dead then.</summary>
    public abstract void LetGo();

    /// <summary>Makes the object and checks it while it is held.</summary>
    public virtual Answer CheckWith(Func<LifeTimeMonitor, Answer> check) => check(Make());

    public override string ToString() => GetType().Name;
}
